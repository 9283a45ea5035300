using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.References;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>All activations of this silo, and the rule that a grain has one of them.</summary>
internal sealed class ActivationDirectory(
    IServiceProvider services, GrainClasses classes, CallTimeouts timeouts, TimeProvider time, ILocalSiloDetails silo,
    IOptions<SiloMessagingOptions> messaging)
{
    private readonly ConcurrentDictionary<GrainId, CallTarget> _targets = new();
    private readonly ConcurrentDictionary<Activation, bool> _workers = new();

    public IServiceProvider Services { get; } = services;

    public TimeProvider Time { get; } = time;

    public SiloAddress SiloAddress { get; } = silo.SiloAddress;

    // Set by the two that need the directory to be built first.
    public CallRouter Router { get; set; } = null!;

    public ReferenceFactory References { get; set; } = null!;

    /// <summary>Whether calls are taken, and whether grains that are not active may be activated for them.</summary>
    public SiloStatus Status { get; set; } = SiloStatus.Created;

    public long NowTicks => timeouts.NowTicks;

    public long CallCount => timeouts.CallCount;

    /// <summary>How long a streaming call waits for its next element before it answers with a heartbeat.</summary>
    public TimeSpan StreamPollTime { get; } = messaging.Value.ResponseTimeout / 2;

    public IEnumerable<Activation> All => _targets.Values.OfType<Activation>().Concat(_workers.Keys);

    public CallTarget GetOrCreate(GrainReference reference)
    {
        if (Status is SiloStatus.Created)
            throw new SiloUnavailableException("The silo has not started yet: call grains once the host is running.");

        var id = reference.GrainId;
        if (_targets.TryGetValue(id, out var known)) return known;

        if (Status is SiloStatus.Stopping or SiloStatus.Dead)
            throw new SiloUnavailableException($"The silo is stopping and does not activate grain {id}.");

        var grainClass = reference.Shared.Class ?? classes.Get(id.Type);
        return _targets.GetOrAdd(
            id,
            static (id, state) => state.grainClass.MaxLocalWorkers is { } workers
                ? new StatelessWorkerPool(state.grainClass, id, workers, state.directory)
                : new Activation(state.grainClass, id, state.directory, null),
            (grainClass, directory: this));
    }

    public Activation? Find(GrainId grainId) => _targets.GetValueOrDefault(grainId) as Activation;

    public void Remove(Activation activation) =>
        _targets.TryRemove(new KeyValuePair<GrainId, CallTarget>(activation.GrainId, activation));

    public void AddWorker(Activation activation) => _workers[activation] = true;

    public void RemoveWorker(Activation activation) => _workers.TryRemove(activation, out _);

    /// <summary>Ends every activation and waits until all have ended or the token says otherwise.</summary>
    public async Task DeactivateAllAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "This process is terminating.");
        Activation[] all = [.. All];
        foreach (var activation in all) activation.Deactivate(reason, cancellationToken);
        await Task.WhenAll(all.Select(activation => activation.Deactivated)).WaitAsync(cancellationToken);
    }
}
