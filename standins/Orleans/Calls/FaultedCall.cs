using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>The answer of a call that threw.</summary>
internal sealed class FaultedCall(Exception exception) : Response
{
    public override Exception? Exception { get; set; } = exception;

    public override object? Result
    {
        get
        {
            ExceptionDispatchInfo.Throw(Exception!);
            return null;
        }
        set => throw new InvalidOperationException("A faulted response holds no result.");
    }

    public override T GetResult<T>()
    {
        ExceptionDispatchInfo.Throw(Exception!);
        return default!;
    }

    public override void Dispose()
    {
    }
}
