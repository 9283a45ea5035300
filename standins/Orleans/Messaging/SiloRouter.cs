using System.Buffers;
using Orleans.Activations;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.GrainDirectory;
using Orleans.Membership;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>Takes the calls of a silo's own grains, and those of other processes, to the grain wherever it is.</summary>
internal sealed class SiloRouter : CallRouter
{
    private const byte MaxHops = MaxAttempts;
    private const int MaxLocalAttempts = 100;
    private static readonly TimeSpan HandOverPause = TimeSpan.FromMilliseconds(10);

    private readonly ActivationDirectory _activations;
    private readonly GrainClasses _classes;
    private readonly GrainLocator? _locator;
    private readonly SiloPlacement _placement;
    private readonly Peers _peers;
    private readonly ClusterMembership _membership;
    private readonly LocationCache _locations = new();

    public SiloRouter(
        ActivationDirectory activations, GrainClasses classes, CallTimeouts timeouts, IServiceProvider services, MessagingOptions options,
        ClusterMembership membership, SiloPlacement placement, Peers peers, IMemberTable members, DirectoryLog log)
        : base(timeouts, services, options)
    {
        _activations = activations;
        _classes = classes;
        _membership = membership;
        _placement = placement;
        _peers = peers;
        activations.Router = this;
        // A silo on its own has no use for a directory.
        if (members is not LocalMemberTable) _locator = new GrainLocator(this, membership, activations, log);
        activations.Locator = _locator;
        peers.Router = this;
    }

    public GrainLocator? Locator => _locator;

    public void Learn(GrainId grain, SiloAddress silo)
    {
        if (!silo.Equals(_membership.Local) && _peers.Get(silo) is { IsGone: false } peer) _locations.Set(grain, peer);
    }

    /// <summary>A grain of the runtime on the given silo.</summary>
    public TGrain SystemGrainAt<TGrain>(SiloAddress silo, GrainType type) where TGrain : ISystemGrain
    {
        var reference = References.Create(typeof(TGrain), GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(0)));
        if (!silo.Equals(_membership.Local)) reference.LastTarget = _peers.Get(silo);
        return (TGrain)(object)reference;
    }

    /// <summary>Where clients reach a silo, if it has a gateway.</summary>
    public SiloAddress? GatewayOf(SiloAddress silo) =>
        _membership.Current.Find(silo) is { GatewayPort: > 0 } member
            ? SiloAddress.New(silo.Endpoint.Address, member.GatewayPort, silo.Generation)
            : null;

    /// <summary>A call of another process.</summary>
    public void Receive(Link link, ref WireReader reader, ReadOnlySequence<byte> message)
    {
        var header = RequestHeader.Read(ref reader, out var restStart);
        if (!header.Has(RequestFlags.OneWay)) link.Opened();
        var target = TargetOf(header);
        if (target is not null)
        {
            Serve(new InboundRequest(this, link, header), ref reader, target);
            return;
        }

        var request = new InboundRequest(this, link, header) { Rest = message.Slice(restStart).ToArray() };
        if (header.Has(RequestFlags.Placed) && _classes.Find(header.Target.Type) is null)
            request.Reject(ReplyStatus.Refused, $"The silo {_membership.Local} has no class for the grain type {header.Target.Type}.");
        else if (header.Has(RequestFlags.Placed))
            request.Reject(ReplyStatus.Refused, $"The silo {_membership.Local} is stopping.");
        else
            _ = FindAndRelayAsync(request, null);
    }

    /// <summary>After a silo has refused a call. False when it has been passed on often enough.</summary>
    public bool RelayAgain(InboundRequest request, Peer refusing)
    {
        if (request.Header.Hops >= MaxHops || request.Rest.Length == 0) return false;

        _locations.Remove(request.Header.Target, refusing);
        _ = FindAndRelayAsync(request, refusing);
        return true;
    }

    protected override void Route(GrainCall call)
    {
        var reference = call.Target;
        var grain = reference.GrainId;
        while (_activations.Find(grain) is { } known)
        {
            reference.LastTarget = known;
            if (known.TryReceive(call)) return;
        }

        var grainClass = reference.Shared.Class;
        if (grainClass is { IsOfSystem: true } && reference.LastTarget is Peer asked) throw asked.NotReached();

        if (_locator is null || grainClass is { MaxLocalWorkers: not null })
        {
            RouteHere(call);
        }
        else if (call.Hops == 0 && _locations.Find(grain) is { } peer)
        {
            reference.LastTarget = peer;
            if (peer.TryReceive(call)) return;

            reference.LastTarget = null;
            _locations.Remove(grain, peer);
            _ = FindAndSendAsync(call, null);
        }
        else
        {
            _ = FindAndSendAsync(call, null);
        }
    }

    protected override void Learn(GrainCall call, Link link, in ReplyHeader header)
    {
        var peer = header.Location is { } location && !location.Equals(_membership.Local) ? _peers.Get(location) : header.IsHere ? link.Peer : null;
        if (peer is null or { IsGone: true } || ReferenceEquals(call.Target.LastTarget, peer)) return;

        call.Target.LastTarget = peer;
        _locations.Set(call.Target.GrainId, peer);
    }

    protected override void RouteElsewhere(GrainCall call, Peer avoided)
    {
        _locations.Remove(call.Target.GrainId, avoided);
        _ = FindAndSendAsync(call, avoided);
    }

    private CallTarget? TargetOf(in RequestHeader header)
    {
        if (_activations.FindTarget(header.Target) is { } known) return known;
        if (_classes.Find(header.Target.Type) is not { } grainClass) return null;

        return (grainClass.MaxLocalWorkers is not null || header.Has(RequestFlags.Placed)) && _activations.Accepts(grainClass)
            ? _activations.GetOrCreate(header.Target, grainClass)
            : null;
    }

    private void Serve(InboundRequest request, ref WireReader reader, CallTarget target)
    {
        GrainCall call;
        try
        {
            call = CallCatalog.Create(ref reader);
            var context = request.Header.Has(RequestFlags.HasContext) ? WireRequestContext.Read(ref reader) : null;
            call.ReadArguments(ref reader);
            call.Arrive(_activations.ReferenceOf(target, request.Header.Target), request, context);
        }
        catch (Exception exception)
        {
            // Unknown here, or not to be read: the caller hears why.
            request.Failed(exception);
            return;
        }

        request.Serve(call, isHere: target is Activation);
        if (!target.TryReceive(call)) Dispatch(call);
    }

    private void RouteHere(GrainCall call)
    {
        while (true)
        {
            var target = _activations.GetOrCreate(call.Target);
            call.Target.LastTarget = target;
            if (target.TryReceive(call)) return;
        }
    }

    // Not in the caller's turn, and without the caller's context: what it asks of the directory is not the caller's call.
    private async Task FindAndSendAsync(GrainCall call, Peer? avoided)
    {
        RequestContext.Clear();
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            for (var attempt = 0; !call.IsSettled; attempt++)
            {
                var grain = call.Target.GrainId;
                var found = await _locator!.FindAsync(grain).ConfigureAwait(false);
                if (found is not null && found.Equals(avoided?.Address) && attempt == 0 && avoided.IsOutOfReach) throw avoided.NotReached();

                var silo = found ?? _placement.Choose(grain.Type, Messages.HintOf(call), avoided);
                call.IsPlaced = found is null;
                if (silo.Equals(_membership.Local))
                {
                    if (_activations.Accepts(call.Target.Shared.Class ?? _classes.Get(grain.Type)))
                    {
                        RouteHere(call);
                        return;
                    }
                }
                else if (_peers.Get(silo) is { TakesCalls: true } peer && call.TryHop(MaxHops) && peer.TryReceive(call))
                {
                    return;
                }

                if (attempt >= MaxLocalAttempts) throw NotTaken(grain);
                await Task.Delay(HandOverPause, _activations.Time).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // Nobody took the call, so its caller gets the reason.
            call.Fail(exception);
        }
    }

    private async Task FindAndRelayAsync(InboundRequest request, Peer? avoided)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var grain = request.Header.Target;
            // Of two silos that remember each other, neither would look the grain up.
            if (avoided is null && request.Header.Hops == 0 && _locations.Find(grain) is { } remembered
                && request.TryHop(isPlaced: false, MaxHops) && remembered.TryRelay(request)) return;

            for (var attempt = 0; !request.IsOver; attempt++)
            {
                var found = _locator is null ? _membership.Local : await _locator.FindAsync(grain).ConfigureAwait(false);
                if (found is not null && found.Equals(avoided?.Address) && attempt == 0 && avoided.IsOutOfReach) throw avoided.NotReached();

                var silo = found ?? _placement.Choose(grain.Type, request.Header.Hint, avoided);
                if (silo.Equals(_membership.Local))
                {
                    if (_classes.Get(grain.Type) is { } grainClass && _activations.Accepts(grainClass))
                    {
                        ServeHere(request, grainClass);
                        return;
                    }
                }
                else if (_peers.Get(silo) is { TakesCalls: true } peer)
                {
                    if (!request.TryHop(found is null, MaxHops)) throw NotTaken(grain);
                    if (peer.TryRelay(request)) return;
                }

                if (attempt >= MaxLocalAttempts) throw NotTaken(grain);
                await Task.Delay(HandOverPause, _activations.Time).ConfigureAwait(false);
            }
        }
        catch (SiloUnavailableException exception)
        {
            request.Reject(ReplyStatus.Unavailable, exception.Message);
        }
        catch (OrleansMessageRejectionException exception)
        {
            request.Reject(ReplyStatus.NotCarriedOut, exception.Message);
        }
        catch (Exception exception)
        {
            // Nobody took the call, so its caller gets the reason.
            request.Failed(exception);
        }
    }

    private void ServeHere(InboundRequest request, GrainClass grainClass)
    {
        var reader = new WireReader(new ReadOnlySequence<byte>(request.Rest), References);
        var header = request.Header;
        header.ReadRest(ref reader);
        Serve(request, ref reader, _activations.GetOrCreate(request.Header.Target, grainClass));
    }

    private static OrleansMessageRejectionException NotTaken(GrainId grain) =>
        new($"The call of grain {grain} was passed on several times and no silo took it; it was not carried out.");
}
