using Orleans.Calls;
using Orleans.Configuration;
using Orleans.GrainDirectory;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.Client;

/// <summary>Takes a client's calls to the gateway of the silo where the grain is, or to any, which passes them on.</summary>
internal sealed class ClientRouter : CallRouter
{
    // How long a call waits for a gateway when there is none.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Gateways _gateways;
    private readonly Peers _peers;
    private readonly TimeProvider _time;
    private readonly LocationCache _locations = new();

    public ClientRouter(
        CallTimeouts timeouts, IServiceProvider services, MessagingOptions options, Gateways gateways, Peers peers, TimeProvider time)
        : base(timeouts, services, options)
    {
        _gateways = gateways;
        _peers = peers;
        _time = time;
        gateways.Router = this;
        peers.Router = this;
    }

    /// <summary>A grain of the runtime on the gateway's silo.</summary>
    public TGrain SystemGrainAt<TGrain>(Peer gateway, GrainType type) where TGrain : ISystemGrain
    {
        var reference = References.Create(typeof(TGrain), GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(0)));
        reference.LastTarget = gateway;
        return (TGrain)(object)reference;
    }

    protected override void Route(GrainCall call)
    {
        if (_locations.Find(call.Target.GrainId) is { } known)
        {
            if (!known.IsOutOfReach && known.TryReceive(call))
            {
                call.Target.LastTarget = known;
                return;
            }

            _locations.Remove(call.Target.GrainId, known);
        }

        SendThroughAny(call, null);
    }

    protected override void RouteElsewhere(GrainCall call, Peer avoided)
    {
        _locations.Remove(call.Target.GrainId, avoided);
        SendThroughAny(call, avoided);
    }

    protected override void Learn(GrainCall call, Link link, in ReplyHeader header)
    {
        var peer = header.Location is { } location ? _peers.Get(location, isGateway: true) : header.IsHere ? link.Peer : null;
        if (peer is null or { IsGone: true } || ReferenceEquals(call.Target.LastTarget, peer)) return;

        call.Target.LastTarget = peer;
        _locations.Set(call.Target.GrainId, peer);
    }

    private void SendThroughAny(GrainCall call, Peer? avoided)
    {
        if (_gateways.For(call.Target.GrainId, avoided) is not { } gateway || !gateway.TryReceive(call)) _ = WaitAndSendAsync(call);
    }

    private async Task WaitAndSendAsync(GrainCall call)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var startedAt = _time.GetTimestamp();
        while (!call.IsSettled)
        {
            if (_gateways.For(call.Target.GrainId) is { } gateway && gateway.TryReceive(call)) return;

            if (_time.GetElapsedTime(startedAt) > Patience)
                call.Fail(new OrleansMessageRejectionException("No gateway of the cluster can be reached; the call was not carried out."));
            else
                await Task.Delay(Pause, _time).ConfigureAwait(false);
        }
    }
}
