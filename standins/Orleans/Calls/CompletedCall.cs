namespace Orleans.Serialization.Invocation;

/// <summary>The answer of a method without a result.</summary>
internal sealed class CompletedCall : Response
{
    public override Exception? Exception
    {
        get => null;
        set => throw new InvalidOperationException("A completed response holds no exception.");
    }

    public override object? Result
    {
        get => null;
        set => throw new InvalidOperationException("A completed response holds no result.");
    }

    public override T GetResult<T>() => default!;

    public override void Dispose()
    {
    }

    public override string ToString() => "[Completed]";
}
