using System.Buffers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Calls;

/// <summary>
/// Takes a call to its grain. Every call passes Dispatch, which first tries whoever took the last call through the same
/// reference; where else it goes is the business of a silo's router or a client's.
/// </summary>
internal abstract class CallRouter
{
    private readonly CallTimeouts _timeouts;
    private readonly IOutgoingGrainCallFilter[] _outgoingFilters;

    protected CallRouter(CallTimeouts timeouts, IServiceProvider services, MessagingOptions options)
    {
        _timeouts = timeouts;
        _outgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        WaitForCancellationAcknowledgement = options.WaitForCancellationAcknowledgement;
    }

    public bool WaitForCancellationAcknowledgement { get; }

    /// <summary>Set by the factory, which needs the router to be built first.</summary>
    public ReferenceFactory References { get; set; } = null!;

    protected CallTimeouts Timeouts => _timeouts;

    public void Send(GrainCall call)
    {
        if (_outgoingFilters.Length == 0 || call.Method.IsOfSystem) Post(call);
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
        if (call.Target.LastTarget is { } known && known.TryReceive(call)) return;

        try
        {
            Route(call);
        }
        catch (Exception exception)
        {
            // Nobody took the call, so its caller gets the reason.
            call.Fail(exception);
        }
    }

    /// <summary>The answer to a call that was sent to another process.</summary>
    public void Replied(GrainCall call, Link link, in ReplyHeader header, ref WireReader reader, ReadOnlySequence<byte> body)
    {
        if (call.Origin is InboundRequest origin)
        {
            // It came from another process and was passed on from an activation that left; its answer goes there as it is.
            if (header.Status == ReplyStatus.Refused) SendElsewhere(call, link.Peer!, RefusalOf(reader.ReadString()));
            else if (call.TryHandOver()) origin.Replied(link, header, ref reader, body);
            return;
        }

        Learn(call, link, header);
        switch (header.Status)
        {
            case ReplyStatus.Result:
                Take(call, ref reader);
                break;
            case ReplyStatus.Failure:
                call.Fail(WireExceptions.Read(ref reader));
                break;
            case ReplyStatus.Refused:
                SendElsewhere(call, link.Peer!, RefusalOf(reader.ReadString()));
                break;
            case ReplyStatus.NotCarriedOut:
                call.Fail(RefusalOf(reader.ReadString()));
                break;
            default:
                call.Fail(new SiloUnavailableException(reader.ReadString() ?? "A silo on the way is unavailable."));
                break;
        }
    }

    /// <summary>A call could not be sent there, so that it certainly was not carried out.</summary>
    public void NotSent(GrainCall call, Peer peer, Exception? reason) => SendElsewhere(call, peer, peer.NotReached(reason));

    /// <summary>For a call whose reference does not know who takes it.</summary>
    protected abstract void Route(GrainCall call);

    /// <summary>For a call that the peer did not take.</summary>
    protected abstract void RouteElsewhere(GrainCall call, Peer avoided);

    /// <summary>Remembers what the answer tells about where the grain is.</summary>
    protected abstract void Learn(GrainCall call, Link link, in ReplyHeader header);

    private static OrleansMessageRejectionException RefusalOf(string? reason) => new(reason ?? "The call was refused.");

    private void SendElsewhere(GrainCall call, Peer avoided, Exception reason)
    {
        if (call.IsSettled) return;

        // It was for that silo and no other.
        if (call.Method.IsOfSystem)
        {
            call.Fail(reason);
            return;
        }

        if (ReferenceEquals(call.Target.LastTarget, avoided)) call.Target.LastTarget = null;
        if (call.TryHop(MaxAttempts)) RouteElsewhere(call, avoided);
        else call.Fail(reason);
    }

    /// <summary>How often a call that nobody has started is sent to another silo before its caller hears of it.</summary>
    public const byte MaxAttempts = 8;

    private static void Take(GrainCall call, ref WireReader reader)
    {
        try
        {
            call.ReadResult(ref reader);
        }
        catch (Exception exception)
        {
            // A result that this process cannot read is the call's failure.
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
