using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Decides whom this silo watches: its neighbours on a ring, and every silo that somebody suspects.</summary>
internal sealed class PeerProbes(
    ClusterMembership membership, LocalMember local, DeathVotes votes, IOptions<ClusterMembershipOptions> options, TimeProvider time,
    MembershipLog log, IPeerContact contact) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloAddress, (PeerWatch Watch, CancellationTokenSource Stop)> _watches = [];
    private bool _isRunning;

    /// <summary>Watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        membership.Changed += Rewatch;
        lock (_lock) _isRunning = true;
        try
        {
            Rewatch(membership.Current, membership.Current);
            await foreach (var (peer, reason) in membership.Suspects.ReadAllAsync(cancellationToken)) LookAt(peer, reason);
        }
        finally
        {
            membership.Changed -= Rewatch;
            Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isRunning = false;
            foreach (var peer in _watches.Keys.ToArray()) Unwatch(peer);
        }
    }

    private void LookAt(SiloAddress peer, string reason)
    {
        if (peer.Equals(membership.Local) || membership.Current.StatusOf(peer) is SiloStatus.Dead) return;

        log.Suspected(peer, reason);
        membership.LookAgain();
        lock (_lock)
        {
            if (_isRunning && membership.Current.Find(peer) is not null) Watch(peer).Wake();
        }
    }

    private void Rewatch(ClusterView previous, ClusterView now)
    {
        lock (_lock)
        {
            if (!_isRunning) return;

            var wanted = Wanted(now);
            foreach (var peer in _watches.Keys.Except(wanted).ToArray()) Unwatch(peer);
            foreach (var peer in wanted)
            {
                var watch = Watch(peer);
                if (IsNewlySuspected(previous.Find(peer), now.Find(peer))) watch.Wake();
            }
        }
    }

    private static bool IsNewlySuspected(SiloMember? before, SiloMember? now) =>
        now is { Votes.Length: > 0 } && (before is null || !now.Votes.SequenceEqual(before.Votes));

    private HashSet<SiloAddress> Wanted(ClusterView view)
    {
        if (local.Status is not (SiloStatus.Joining or SiloStatus.Active)) return [];

        var now = time.GetUtcNow();
        var ring = view.Members.Where(member => member.Status != SiloStatus.Dead)
            .OrderBy(member => member.Address.GetConsistentHashCode()).ThenBy(member => member.Address).ToArray();
        var self = Math.Max(0, Array.FindIndex(ring, member => member.Address.Equals(membership.Local)));
        HashSet<SiloAddress> wanted =
        [
            .. Enumerable.Range(1, Math.Min(options.Value.NumProbedSilos, ring.Length)).Select(i => ring[(self + i) % ring.Length].Address),
            .. ring.Where(member => member.Votes.Length > 0 || member.IsStale(options.Value, now)).Select(member => member.Address)
        ];
        wanted.Remove(membership.Local);
        return wanted;
    }

    private PeerWatch Watch(SiloAddress peer)
    {
        if (_watches.TryGetValue(peer, out var known)) return known.Watch;

        var watch = new PeerWatch(peer, contact, votes, membership, options.Value, time, log);
        var stop = new CancellationTokenSource();
        _watches.Add(peer, (watch, stop));
        _ = Task.Run(() => RunAsync(watch, stop.Token), CancellationToken.None);
        return watch;
    }

    private static async Task RunAsync(PeerWatch watch, CancellationToken stopped)
    {
        using (watch) await watch.RunAsync(stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The watch disposes of itself when it notices.
    private void Unwatch(SiloAddress peer)
    {
        if (!_watches.Remove(peer, out var known)) return;

        known.Stop.Cancel();
        known.Stop.Dispose();
    }
}
