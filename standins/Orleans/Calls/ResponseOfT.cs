namespace Orleans.Serialization.Invocation;

public sealed class Response<TResult> : Response
{
    private TResult? _result;

    public TResult? TypedResult
    {
        get => _result;
        set => _result = value;
    }

    public override Exception? Exception
    {
        get => null;
        set => throw new InvalidOperationException($"Cannot set an exception on a result of type {typeof(TResult)}.");
    }

    public override object? Result
    {
        get => _result;
        set => _result = (TResult?)value;
    }

    public override T GetResult<T>() => _result is T typed ? typed : (T)(object?)_result!;

    public override Type GetSimpleResultType() => typeof(TResult);

    public override void Dispose() => _result = default;

    public override string ToString() => _result?.ToString() ?? "[null]";
}
