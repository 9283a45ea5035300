using Orleans.Activations;
using Orleans.Membership;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>Asks the directory, at whichever silo keeps the grain's entry.</summary>
internal sealed class GrainLocator
{
    /// <summary>How long a call waits for a directory that changes hands, before its caller hears that it is not there.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly SiloRouter _router;
    private readonly ClusterMembership _membership;
    private readonly ActivationDirectory _activations;

    public GrainLocator(SiloRouter router, ClusterMembership membership, ActivationDirectory activations, DirectoryLog log)
    {
        _router = router;
        _membership = membership;
        _activations = activations;
        Log = log;
        Views = new ViewRefresh(membership);
        Partition = new DirectoryPartition(membership, activations, this);
    }

    public DirectoryLog Log { get; }

    public DirectoryPartition Partition { get; }

    public ViewRefresh Views { get; }

    /// <summary>The silo where the grain is active, or null.</summary>
    /// <exception cref="OrleansMessageRejectionException">The silo that would know is not there.</exception>
    public async ValueTask<SiloAddress?> FindAsync(GrainId grain) =>
        (await AskAsync(
            grain, (this, grain),
            static (state, ring) => state.Item1.Partition.FindAsync(state.grain, ring.Version),
            static (state, ring, owner) => owner.FindAsync(state.grain, ring.Version)).ConfigureAwait(false))?.Silo;

    /// <summary>Null when the activation is entered; else the silo where the grain is active already.</summary>
    public async ValueTask<SiloAddress?> RegisterAsync(Activation activation)
    {
        var entry = EntryOf(activation);
        while (true)
        {
            var ring = Partition.Ring;
            var winner = await AskAsync(
                activation.GrainId, (this, activation, entry),
                static (state, ring) => state.Item1.Partition.RegisterAsync(state.activation.GrainId, state.entry, ring.Version),
                static (state, ring, owner) => owner.RegisterAsync(state.activation.GrainId, state.entry, ring.Version)).ConfigureAwait(false);
            if (winner is null || !winner.Silo.Equals(entry.Silo)) return winner?.Silo;

            // Claimed first and looked at the ring then, while those who collect claims move the ring first: whoever
            // keeps the entry under the next ring hears of it either from the claim or from the next round here.
            activation.IsRegistered = true;
            Interlocked.MemoryBarrier();
            if (ring.Silos.SequenceEqual(Partition.Ring.Silos)) return null;
        }
    }

    /// <summary>Never throws: the entry of an activation that is gone does no harm but a detour.</summary>
    public async ValueTask UnregisterAsync(Activation activation)
    {
        if (!activation.IsRegistered) return;

        activation.IsRegistered = false;
        var entry = EntryOf(activation);
        try
        {
            await AskAsync(
                activation.GrainId, (this, activation, entry),
                static (state, ring) => state.Item1.Partition.UnregisterAsync(state.activation.GrainId, state.entry, ring.Version),
                static (state, ring, owner) => owner.UnregisterAsync(state.activation.GrainId, state.entry, ring.Version)).ConfigureAwait(false);
        }
        catch (OrleansMessageRejectionException)
        {
            // Its keeper is not there. The next one collects what is active, and this is not.
        }
    }

    public async ValueTask<DirectoryClaims> ClaimsAsync(SiloAddress silo, SiloAddress owner, long version, int part, int partCount)
    {
        if (silo.Equals(_membership.Local)) return await Partition.ClaimsAsync(owner, version, part, partCount);

        var claims = await DirectoryOf(silo).ClaimsAsync(owner, version, part, partCount);
        // A call to a silo that is gone meanwhile is answered here.
        return claims.Silo.Equals(silo) ? claims : throw new SiloUnavailableException($"The silo {silo} is gone.");
    }

    public void Drop(SiloAddress silo, GrainId grain, ActivationId activation)
    {
        Log.ActiveTwice(grain, silo);
        if (silo.Equals(_membership.Local)) _activations.Drop(grain, activation);
        else _ = DirectoryOf(silo).DropAsync(grain, activation);
    }

    private async ValueTask<DirectoryEntry?> AskAsync<TState>(
        GrainId grain, TState state, Func<TState, DirectoryRing, ValueTask<DirectoryAnswer>> here,
        Func<TState, DirectoryRing, IDirectoryGrain, ValueTask<DirectoryAnswer>> there)
    {
        RequestContext.Clear();
        var startedAt = _activations.Time.GetTimestamp();
        while (true)
        {
            Exception? trouble = null;
            var ring = Partition.Ring;
            var owner = ring.OwnerOf(grain);
            try
            {
                if (owner is not null)
                {
                    var answer = owner.Equals(_membership.Local)
                        ? await here(state, ring).ConfigureAwait(false)
                        : await there(state, ring, DirectoryOf(owner)).ConfigureAwait(false);
                    if (answer.IsOwner) return answer.Entry;

                    await Views.ReachAsync(answer.Version, CancellationToken.None).ConfigureAwait(false);
                    if (!ReferenceEquals(Partition.Ring, ring)) continue;
                }
            }
            catch (Exception exception)
            {
                // Its silo may be going, and the ring about to change; or the membership table is away for the moment.
                trouble = exception;
            }

            if (_activations.Time.GetElapsedTime(startedAt) > Patience)
                throw new OrleansMessageRejectionException(
                    $"The silo {owner} keeps the directory's entry of grain {grain}, and does not answer; the call was not carried out.", trouble!);
            await Task.Delay(Pause, _activations.Time).ConfigureAwait(false);
        }
    }

    private IDirectoryGrain DirectoryOf(SiloAddress silo) => _router.SystemGrainAt<IDirectoryGrain>(silo, DirectoryGrain.Type);

    private DirectoryEntry EntryOf(Activation activation) => new(_membership.Local, activation.ActivationId);
}
