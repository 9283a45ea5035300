using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Calls;

/// <summary>A call of a method that returns Task&lt;T&gt;.</summary>
internal abstract class TaskCall<T> : GrainCall<T>
{
    // Made where the call is awaited; one that came from another process keeps its result until it is written.
    private TaskCompletionSource<T>? _answer;
    private T _result = default!;

    protected abstract Task<T> Call(object grain);

    public Task<T> Send(GrainReference target)
    {
        var answer = _answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Prepare(target)) target.Shared.References.Router.Send(this);
        return IsOneWay ? Task.FromResult<T>(default!) : answer.Task;
    }

    public override bool Start(Activation host)
    {
        if (!CanStart()) return true;

        try
        {
            return StartTask(host, Call(host.GrainInstance!));
        }
        catch (Exception exception)
        {
            host.OnFault(exception);
            Fail(exception);
            return true;
        }
    }

    public override async ValueTask<Response> Invoke()
    {
        try
        {
            return ToResponse(await Call(FilterTarget));
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }

    protected override void SetResult(T result)
    {
        if (_answer is { } answer) answer.TrySetResult(result);
        else _result = result;
    }

    protected override T GetResult() => _result;

    protected override void SetException(Exception exception)
    {
        if (exception is OperationCanceledException canceled) _answer?.TrySetCanceled(canceled.CancellationToken);
        else _answer?.TrySetException(exception);
    }
}
