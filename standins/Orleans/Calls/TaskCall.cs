using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Calls;

/// <summary>A call of a method that returns Task.</summary>
internal abstract class TaskCall : GrainCall<Nothing>
{
    // Made where the call is awaited: one that came from another process is not.
    private TaskCompletionSource? _answer;

    protected abstract Task Call(object grain);

    public Task Send(GrainReference target)
    {
        var answer = _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Prepare(target)) target.Shared.References.Router.Send(this);
        return IsOneWay ? Task.CompletedTask : answer.Task;
    }

    public override bool Start(Activation host)
    {
        if (!CanStart()) return true;

        try
        {
            var task = Call(host.GrainInstance!);
            return StartTask(host, task.IsCompletedSuccessfully ? Task.FromResult(default(Nothing)) : AsNothing(task));
        }
        catch (Exception exception)
        {
            host.OnFault(exception);
            Fail(exception);
            return true;
        }
    }

    private static async Task<Nothing> AsNothing(Task task)
    {
        await task.ConfigureAwait(false);
        return default;
    }

    public override async ValueTask<Response> Invoke()
    {
        try
        {
            await Call(FilterTarget);
            return Response.Completed;
        }
        catch (Exception exception)
        {
            return Response.FromException(exception);
        }
    }

    protected override void SetResponse(Response response) => _answer?.TrySetResult();

    protected override void SetResult(Nothing result) => _answer?.TrySetResult();

    protected override Nothing GetResult() => default;

    protected override void SetException(Exception exception)
    {
        if (exception is OperationCanceledException canceled) _answer?.TrySetCanceled(canceled.CancellationToken);
        else _answer?.TrySetException(exception);
    }
}
