using System.Threading.Tasks.Sources;
using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Calls;

/// <summary>A call of a method that returns ValueTask&lt;T&gt;; the call itself is what the caller awaits.</summary>
internal abstract class ValueTaskCall<T> : GrainCall<T>, IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _answer = new() { RunContinuationsAsynchronously = true };

    protected abstract ValueTask<T> Call(object grain);

    public ValueTask<T> Send(GrainReference target)
    {
        if (Prepare(target)) target.Shared.References.Router.Send(this);
        return IsOneWay ? default : new ValueTask<T>(this, _answer.Version);
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

    protected override void SetResult(T result) => _answer.SetResult(result);

    protected override T GetResult() => _answer.GetResult(_answer.Version);

    protected override void SetException(Exception exception) => _answer.SetException(exception);

    T IValueTaskSource<T>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}
