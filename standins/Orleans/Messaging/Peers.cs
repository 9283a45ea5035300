using System.Collections.Concurrent;
using Orleans.Calls;
using Orleans.Connections;
using Orleans.Runtime;

namespace Orleans.Messaging;

/// <summary>The other processes that this one calls, and every link of it, whoever opened it.</summary>
internal sealed class Peers(CallTimeouts clock, LinkOptions options, ConnectionPool pool) : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private readonly ConcurrentDictionary<Connection, Link> _links = new();
    private ITimer? _sweep;

    /// <summary>Something is wrong with a peer: it cannot be reached, or its connection broke.</summary>
    public event Action<Peer, string>? Trouble;

    public CallTimeouts Clock { get; } = clock;

    // Set by the router, which needs the peers to be built first.
    public CallRouter Router { get; set; } = null!;

    public IEnumerable<Link> Links => _links.Values;

    public Peer Get(SiloAddress address, bool isGateway = false) =>
        _peers.TryGetValue(address, out var known) ? known : _peers.GetOrAdd(address, new Peer(address, isGateway, this));

    public bool IsOutOfReach(SiloAddress address) => _peers.TryGetValue(address, out var peer) && peer.IsOutOfReach;

    public void Start(TimeProvider time) =>
        _sweep = time.CreateTimer(static state => ((Peers)state!).Sweep(), this, SweepPeriod, SweepPeriod);

    /// <summary>The process there is dead, or no gateway any more: what is under way there fails at once.</summary>
    public void Remove(SiloAddress address, string reason)
    {
        if (_peers.TryRemove(address, out var peer)) peer.Remove();
        pool.Forget(address, reason);
    }

    public async Task<Link> OpenAsync(Peer peer)
    {
        var connection = await pool.GetAsync(peer.Address, CancellationToken.None).ConfigureAwait(false);
        var link = _links.GetOrAdd(connection, static (connection, state) => state.peers.NewLink(connection, state.peer), (peers: this, peer));
        // Its end may have been told before there was anybody to tell.
        if (connection.IsClosed) Closed(connection, null);
        return link;
    }

    /// <summary>The link of a connection, which another process may have opened.</summary>
    public Link Of(Connection connection) =>
        connection.State as Link ?? _links.GetOrAdd(connection, static (connection, peers) => peers.NewLink(connection, null), this);

    public void Closed(Connection connection, Exception? reason)
    {
        if (_links.TryRemove(connection, out var link)) link.Close(reason);
    }

    public void OnTrouble(Peer peer, string reason) => Trouble?.Invoke(peer, reason);

    public void NotRelayed(InboundRequest request, Peer peer)
    {
        if (!((SiloRouter)Router).RelayAgain(request, peer)) request.Reject(ReplyStatus.NotCarriedOut, peer.NotReached().Message);
    }

    public void Dispose() => _sweep?.Dispose();

    private Link NewLink(Connection connection, Peer? peer)
    {
        var link = new Link(connection, peer, connection.IsClient, options, Clock);
        connection.State = link;
        return link;
    }

    private void Sweep()
    {
        foreach (var link in _links.Values) link.RemoveExpired(Clock.NowTicks);
    }
}
