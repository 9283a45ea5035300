using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.GrainDirectory;
using Orleans.Messaging;
using Orleans.References;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>All activations of this silo, and the rule that a grain has one of them.</summary>
internal sealed class ActivationDirectory(
    IServiceProvider services, GrainClasses classes, CallTimeouts timeouts, TimeProvider time, ILocalSiloDetails silo,
    MessagingOptions messaging)
{
    private readonly ConcurrentDictionary<GrainId, CallTarget> _targets = new();
    private readonly ConcurrentDictionary<Activation, bool> _workers = new();

    public IServiceProvider Services { get; } = services;

    public TimeProvider Time { get; } = time;

    public SiloAddress SiloAddress { get; } = silo.SiloAddress;

    // Set by the router, which needs the directory to be built first.
    public SiloRouter Router { get; set; } = null!;

    public ReferenceFactory References => Router.References;

    /// <summary>The directory of the cluster; null for a silo on its own.</summary>
    public GrainLocator? Locator { get; set; }

    /// <summary>Whether calls are taken, and whether grains that are not active may be activated for them.</summary>
    public SiloStatus Status { get; set; } = SiloStatus.Created;

    public long NowTicks => timeouts.NowTicks;

    public long CallCount => timeouts.CallCount;

    /// <summary>How long a streaming call waits for its next element before it answers with a heartbeat.</summary>
    public TimeSpan StreamPollTime { get; } = messaging.ResponseTimeout / 2;

    public IEnumerable<Activation> All => _targets.Values.OfType<Activation>().Concat(_workers.Keys);

    /// <summary>The activations that the directory of the cluster has entered.</summary>
    public IEnumerable<Activation> Registered => _targets.Values.OfType<Activation>().Where(activation => activation.IsRegistered);

    public CallTarget GetOrCreate(GrainReference reference)
    {
        if (Status is SiloStatus.Created)
            throw new OrleansMessageRejectionException("The silo has not started yet: call grains once the host is running.");

        var id = reference.GrainId;
        return _targets.TryGetValue(id, out var known) ? known : GetOrCreate(id, reference.Shared.Class ?? classes.Get(id.Type));
    }

    public CallTarget GetOrCreate(GrainId id, GrainClass grainClass)
    {
        if (_targets.TryGetValue(id, out var known)) return known;

        if (!Accepts(grainClass))
            throw new OrleansMessageRejectionException($"The silo is stopping and does not activate grain {id}.");

        return _targets.GetOrAdd(
            id,
            static (id, state) => state.grainClass.MaxLocalWorkers is { } workers
                ? new StatelessWorkerPool(state.grainClass, id, workers, state.directory)
                : new Activation(state.grainClass, id, state.directory, null),
            (grainClass, directory: this));
    }

    /// <summary>Whether a grain of the class may be activated here now.</summary>
    public bool Accepts(GrainClass grainClass) =>
        Status is not (SiloStatus.Created or SiloStatus.Stopping or SiloStatus.Dead) || (grainClass.IsOfSystem && Status != SiloStatus.Created);

    public CallTarget? FindTarget(GrainId grainId) => _targets.GetValueOrDefault(grainId);

    public Activation? Find(GrainId grainId) => _targets.GetValueOrDefault(grainId) as Activation;

    /// <summary>The reference of a call that came from another process, which knows no interface.</summary>
    public GrainReference ReferenceOf(CallTarget target, GrainId grainId) => target switch
    {
        Activation activation => activation.GrainReference,
        StatelessWorkerPool pool => pool.GrainReference,
        _ => throw new UnreachableException($"Unexpected target: {target.GetType()}.")
    };

    /// <summary>Ends an activation of a grain that is active on another silo too.</summary>
    public void Drop(GrainId grainId, ActivationId activationId)
    {
        if (Find(grainId) is not { } activation || activation.ActivationId != activationId) return;

        activation.IsRegistered = false;
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "The grain is active on another silo."));
    }

    public void Remove(Activation activation) =>
        _targets.TryRemove(new KeyValuePair<GrainId, CallTarget>(activation.GrainId, activation));

    public void AddWorker(Activation activation) => _workers[activation] = true;

    public void RemoveWorker(Activation activation) => _workers.TryRemove(activation, out _);

    /// <summary>Ends every activation and waits until all have ended or the token says otherwise.</summary>
    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        // Again, because one may have been made by a call that came just before the silo took no more.
        while (All.Where(activation => !activation.Class.IsOfSystem && !activation.IsGone).ToArray() is { Length: > 0 } all)
        {
            foreach (var activation in all) activation.Deactivate(reason, cancellationToken);
            await Task.WhenAll(all.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
        }
    }
}
