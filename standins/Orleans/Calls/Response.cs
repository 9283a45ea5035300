namespace Orleans.Serialization.Invocation;

/// <summary>What a call came to: a result or an exception.</summary>
public abstract class Response : IDisposable
{
    public static Response Completed { get; } = new CompletedCall();

    public abstract Exception? Exception { get; set; }

    public abstract object? Result { get; set; }

    public static Response FromException(Exception exception) => new FaultedCall(exception);

    public static Response FromResult<TResult>(TResult value) => new Response<TResult> { TypedResult = value };

    public abstract T GetResult<T>();

    public virtual Type? GetSimpleResultType() => null;

    public abstract void Dispose();

    public override string ToString() => Exception?.ToString() ?? Result?.ToString() ?? "[null]";
}
