using System.Collections.Immutable;
using Orleans.Activations;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>
/// This silo's part of the directory. When the ring changes, the entries that come to this silo are collected anew from
/// the silos on which the activations are; until all have answered, questions about those wait. So every grain has one
/// owner as long as the silos agree on who is in the cluster.
/// </summary>
internal sealed class DirectoryPartition
{
    /// <summary>How many activations one answer tells.</summary>
    private const int MaxClaims = 20_000;

    private readonly Lock _lock = new();
    private readonly ClusterMembership _membership;
    private readonly ActivationDirectory _activations;
    private readonly GrainLocator _locator;
    private readonly Dictionary<GrainId, DirectoryEntry> _entries = [];
    private TaskCompletionSource _collected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The rings since, and with, the one whose entries were last collected whole.
    private ImmutableArray<DirectoryRing> _rings;

    public DirectoryPartition(ClusterMembership membership, ActivationDirectory activations, GrainLocator locator)
    {
        _membership = membership;
        _activations = activations;
        _locator = locator;
        _rings = [new DirectoryRing(long.MinValue, [])];
        membership.Changed += OnChanged;
        OnChanged(ClusterView.Unknown, membership.Current);
    }

    public DirectoryRing Ring { get; private set => Volatile.Write(ref field, value); } = new(long.MinValue, []);

    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    public ValueTask<DirectoryAnswer> FindAsync(GrainId grain, long version) =>
        AnswerAsync(grain, version, this, static (grain, partition) => partition.Live(grain));

    public ValueTask<DirectoryAnswer> RegisterAsync(GrainId grain, DirectoryEntry entry, long version) =>
        AnswerAsync(grain, version, (this, entry), static (grain, state) =>
        {
            var (partition, entry) = state;
            // A silo has one activation of a grain at most, so its later word replaces its earlier one.
            if (partition.Live(grain) is { } other && !other.Silo.Equals(entry.Silo)) return other;
            return partition._entries[grain] = entry;
        });

    public ValueTask<DirectoryAnswer> UnregisterAsync(GrainId grain, DirectoryEntry entry, long version) =>
        AnswerAsync(grain, version, (this, entry), static (grain, state) =>
        {
            var (partition, entry) = state;
            if (partition._entries.GetValueOrDefault(grain) == entry) partition._entries.Remove(grain);
            return partition.Live(grain);
        });

    /// <summary>What is active here of the grains whose entries the owner keeps.</summary>
    public async ValueTask<DirectoryClaims> ClaimsAsync(SiloAddress owner, long version, int part, int partCount)
    {
        // The ring moves first: what is granted after that, under the old ring, is not trusted (GrainLocator.RegisterAsync).
        await _locator.Views.ReachAsync(version, CancellationToken.None);
        var ring = Ring;
        var claims = _activations.Registered
            .Where(activation => owner.Equals(ring.OwnerOf(activation.GrainId))
                && (partCount == 1 || activation.GrainId.GetUniformHashCode() % (uint)partCount == part))
            .Select(activation => (activation.GrainId, activation.ActivationId))
            .ToArray();
        var parts = partCount == 1 && claims.Length > MaxClaims ? (claims.Length / MaxClaims) + 2 : partCount;
        if (parts != partCount) claims = [];
        return new DirectoryClaims(
            _membership.Local, parts, [.. claims.Select(claim => claim.GrainId)], [.. claims.Select(claim => claim.ActivationId)]);
    }

    private DirectoryEntry? Live(GrainId grain)
    {
        if (!_entries.TryGetValue(grain, out var entry)) return null;
        if (_membership.Current.StatusOf(entry.Silo) is not (SiloStatus.Dead or SiloStatus.None)) return entry;

        _entries.Remove(grain);
        return null;
    }

    private async ValueTask<DirectoryAnswer> AnswerAsync<TState>(
        GrainId grain, long version, TState state, Func<GrainId, TState, DirectoryEntry?> answer)
    {
        if (version > Ring.Version) await _locator.Views.ReachAsync(version, CancellationToken.None);
        while (true)
        {
            Task collected;
            lock (_lock)
            {
                var ring = Ring;
                if (!_membership.Local.Equals(ring.OwnerOf(grain))) return new DirectoryAnswer(false, ring.Version, null);
                if (IsKnown(grain)) return new DirectoryAnswer(true, ring.Version, answer(grain, state));

                collected = _collected.Task;
            }

            await collected.WaitAsync(GrainLocator.Patience, _activations.Time);
        }
    }

    // Mine under every ring since all was known.
    private bool IsKnown(GrainId grain)
    {
        foreach (var ring in _rings)
            if (!_membership.Local.Equals(ring.OwnerOf(grain))) return false;
        return true;
    }

    private void OnChanged(ClusterView previous, ClusterView view)
    {
        if (view == ClusterView.Unknown) return;

        var ring = new DirectoryRing(view.Version.Value, [.. view.Active.Select(member => member.Address)]);
        TaskCompletionSource collected;
        lock (_lock)
        {
            if (ring.Silos.SequenceEqual(Ring.Silos))
            {
                // The same silos keep the same entries.
                _rings = _rings.SetItem(_rings.Length - 1, ring);
                Ring = ring;
                return;
            }

            _rings = _rings.Add(ring);
            Ring = ring;
            foreach (var (grain, entry) in _entries.ToArray())
                if (!_membership.Local.Equals(ring.OwnerOf(grain)) || view.IsDead(entry.Silo)) _entries.Remove(grain);
            collected = _collected;
            _collected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // Whoever waits looks again, at the new ring.
        collected.TrySetResult();
        if (ring.Silos.Contains(_membership.Local)) _ = Task.Run(() => CollectAsync(ring));
    }

    private async Task CollectAsync(DirectoryRing ring)
    {
        // All that may have activations, so the ones that are leaving too.
        var claims = await Task.WhenAll(_membership.Current.Members
            .Where(member => member.Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping)
            .Select(member => ClaimsOfAsync(member.Address, ring)));
        TaskCompletionSource collected;
        List<(SiloAddress Silo, GrainId Grain, ActivationId Activation)> losers = [];
        lock (_lock)
        {
            if (!ring.Silos.SequenceEqual(Ring.Silos)) return;

            foreach (var claim in claims.SelectMany(parts => parts))
            {
                for (var i = 0; i < claim.Grains.Length; i++)
                {
                    var (grain, activation) = (claim.Grains[i], claim.Activations[i]);
                    if (!_membership.Local.Equals(Ring.OwnerOf(grain))) continue;

                    if (Live(grain) is { } other && !other.Silo.Equals(claim.Silo)) losers.Add((claim.Silo, grain, activation));
                    // What was kept here all along is newer than the claim: the activation may have left since.
                    else if (!IsKnown(grain)) _entries[grain] = new DirectoryEntry(claim.Silo, activation);
                }
            }

            _rings = [Ring];
            collected = _collected;
            _collected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        collected.TrySetResult();
        foreach (var (silo, grain, activation) in losers) _locator.Drop(silo, grain, activation);
    }

    // Asks until there is an answer, or no need for one: the silo is dead, or the ring another.
    private async Task<List<DirectoryClaims>> ClaimsOfAsync(SiloAddress silo, DirectoryRing ring)
    {
        while (ring.Silos.SequenceEqual(Ring.Silos) && _membership.Current.StatusOf(silo) is not (SiloStatus.Dead or SiloStatus.None))
        {
            try
            {
                List<DirectoryClaims> parts = [await _locator.ClaimsAsync(silo, _membership.Local, ring.Version, 0, 1)];
                var count = parts[0].PartCount;
                if (count == 1) return parts;

                for (var part = 0; part < count; part++) parts.Add(await _locator.ClaimsAsync(silo, _membership.Local, ring.Version, part, count));
                return parts;
            }
            catch (Exception exception)
            {
                // Whatever keeps it from answering, its activations must be known before another may be entered.
                _locator.Log.NoClaims(silo, exception.Message);
                await Task.Delay(GrainLocator.Pause, _activations.Time);
            }
        }

        return [];
    }
}
