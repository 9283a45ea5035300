using System.Collections.Concurrent;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>
/// Where grains were when this process last heard of them. An entry may be wrong: whoever is asked in vain passes the
/// call on, and the answer says where the grain is now.
/// </summary>
internal sealed class LocationCache
{
    /// <summary>How many locations are remembered; when there are more, all are learned anew.</summary>
    public const int Limit = 200_000;

    private readonly ConcurrentDictionary<GrainId, Peer> _peers = new();
    private int _count;

    public Peer? Find(GrainId grain) => _peers.GetValueOrDefault(grain);

    public void Set(GrainId grain, Peer peer)
    {
        if (_peers.TryGetValue(grain, out var known))
        {
            if (!ReferenceEquals(known, peer)) _peers[grain] = peer;
            return;
        }

        // Counted here, because the dictionary's own count takes all its locks.
        if (Interlocked.Increment(ref _count) > Limit)
        {
            _peers.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        _peers[grain] = peer;
    }

    public void Remove(GrainId grain, Peer peer)
    {
        if (_peers.TryRemove(new KeyValuePair<GrainId, Peer>(grain, peer))) Interlocked.Decrement(ref _count);
    }
}
