using System.Threading.Tasks.Sources;
using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Calls;

/// <summary>A call of a method that returns ValueTask; the call itself is what the caller awaits.</summary>
internal abstract class ValueTaskCall : GrainCall<Nothing>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<Nothing> _answer = new() { RunContinuationsAsynchronously = true };

    protected abstract ValueTask Call(object grain);

    public ValueTask Send(GrainReference target)
    {
        if (Prepare(target)) target.Shared.References.Router.Send(this);
        return IsOneWay ? default : new ValueTask(this, _answer.Version);
    }

    public override bool Start(Activation host)
    {
        if (!CanStart()) return true;

        try
        {
            var task = Call(host.GrainInstance!);
            return StartTask(host, task.IsCompletedSuccessfully ? default : AsNothing(task));
        }
        catch (Exception exception)
        {
            host.OnFault(exception);
            Fail(exception);
            return true;
        }
    }

    private static async ValueTask<Nothing> AsNothing(ValueTask task)
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

    protected override void SetResponse(Response response) => _answer.SetResult(default);

    protected override void SetResult(Nothing result) => _answer.SetResult(result);

    protected override Nothing GetResult() => default;

    protected override void SetException(Exception exception) => _answer.SetException(exception);

    void IValueTaskSource.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}
