using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Configuration;

namespace Orleans.Calls;

/// <summary>
/// Takes a call to its grain. Every call passes Dispatch, which knows only this silo's activations; a transport to
/// other silos belongs there, for targets that live elsewhere.
/// </summary>
internal sealed class CallRouter
{
    private readonly ActivationDirectory _directory;
    private readonly CallTimeouts _timeouts;
    private readonly IOutgoingGrainCallFilter[] _outgoingFilters;

    public CallRouter(
        ActivationDirectory directory, CallTimeouts timeouts, IServiceProvider services, IOptions<SiloMessagingOptions> options)
    {
        _directory = directory;
        _timeouts = timeouts;
        _outgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        WaitForCancellationAcknowledgement = options.Value.WaitForCancellationAcknowledgement;
        directory.Router = this;
    }

    public bool WaitForCancellationAcknowledgement { get; }

    public void Send(GrainCall call)
    {
        if (_outgoingFilters.Length == 0) Post(call);
        else _ = SendFiltered(call);
    }

    /// <summary>Sends without outgoing filters.</summary>
    public void Post(GrainCall call)
    {
        if (!call.IsOneWay) PendingFor(call.Method)?.Add(call);
        Dispatch(call);
    }

    /// <summary>Hands the call to the grain's activation, or to a new one if the last is gone.</summary>
    public void Dispatch(GrainCall call)
    {
        var reference = call.Target;
        if (reference.LastTarget is { } known && known.TryReceive(call)) return;

        try
        {
            while (true)
            {
                var target = _directory.GetOrCreate(reference);
                reference.LastTarget = target;
                if (target.TryReceive(call)) return;
            }
        }
        catch (Exception exception)
        {
            // Nobody took the call, so its caller gets the reason.
            call.Fail(exception);
        }
    }

    private PendingCalls? PendingFor(CallMethod method)
    {
        if (method.Timeout is not { } timeout) return _timeouts.Default;

        return method.Pending is { } known && known.Belongs(_timeouts)
            ? known
            : method.Pending = _timeouts.WithTimeout(timeout);
    }

    private async Task SendFiltered(GrainCall call)
    {
        var context = new OutgoingCallContext(call, this, _outgoingFilters);
        try
        {
            await context.Invoke();
            call.ReturnToCaller(context.Response!);
        }
        catch (Exception exception)
        {
            // What a filter throws is the call's answer.
            call.ReturnToCaller(Serialization.Invocation.Response.FromException(exception));
        }
    }
}
