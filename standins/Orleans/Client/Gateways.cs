using System.Collections.Immutable;
using Orleans.Connections;
using Orleans.Membership;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.Client;

/// <summary>The gateways of the cluster as a client uses them: connected to all, each grain's calls through one of them.</summary>
internal sealed class Gateways(GatewayList list, Peers peers, ClientGrainTypes types, TimeProvider time)
{
    private static readonly TimeSpan RefreshPause = TimeSpan.FromSeconds(1);

    private Peer[] _peers = [];
    private int _isRefreshing;

    // Set by the router, which needs the gateways to be built first.
    public ClientRouter Router { get; set; } = null!;

    /// <summary>
    /// The gateway for a grain, or null when none is within reach now. One grain's calls keep to one gateway while it is there, as
    /// with Orleans: an enumeration of a stateless worker lives in the worker that it started on.
    /// </summary>
    public Peer? For(GrainId grain, Peer? avoided = null)
    {
        var all = Volatile.Read(ref _peers);
        var first = grain.GetUniformHashCode();
        Peer? second = null;
        for (var i = 0u; i < all.Length; i++)
        {
            var peer = all[(first + i) % (uint)all.Length];
            if (!peer.TakesCalls || peer.IsOutOfReach || ReferenceEquals(peer, avoided)) continue;
            if (peer.IsConnected && !peer.IsLeaving) return peer;

            if (second is null or { IsLeaving: true }) second = peer;
        }

        return second;
    }

    /// <summary>Reads the list and connects to one of them at least. Throws when there is none.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        list.Changed -= OnChanged;
        var addresses = await list.RefreshAsync(cancellationToken);
        list.Changed += OnChanged;
        if (addresses.Length == 0) throw new SiloUnavailableException("The cluster has no gateway yet.");

        OnChanged(addresses);
        var attempts = Volatile.Read(ref _peers).Select(GreetAsync).ToList();
        while (true)
        {
            var first = await Task.WhenAny(attempts).WaitAsync(cancellationToken);
            attempts.Remove(first);
            if (first.IsCompletedSuccessfully) return;
            if (attempts.Count == 0) await AllFailedAsync(first);
        }
    }

    // Listed and dead, or about to be: another may come. One that turned the client away will do so again.
    private static async Task AllFailedAsync(Task last)
    {
        try
        {
            await last;
        }
        catch (ConnectionFailedException failure) when (failure.Failure is not ConnectionFailure.Rejected)
        {
            throw new SiloUnavailableException($"None of the cluster's gateways can be reached. {failure.Message}", failure);
        }
    }

    public Task KeepFreshAsync(CancellationToken cancellationToken) => list.KeepFreshAsync(cancellationToken);

    /// <summary>A gateway cannot be reached: soon the list says which ones there are.</summary>
    public void OnTrouble(Peer peer, string reason)
    {
        if (Interlocked.Exchange(ref _isRefreshing, 1) == 0) _ = RefreshSoonAsync();
    }

    private async Task RefreshSoonAsync()
    {
        try
        {
            await Task.Delay(RefreshPause, time);
            await list.RefreshAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // The table is away. The list is read again in its period, and after the next trouble.
        }
        finally
        {
            Volatile.Write(ref _isRefreshing, 0);
        }
    }

    private void OnChanged(ImmutableArray<SiloAddress> addresses)
    {
        Peer[] now = [.. addresses.Select(address => peers.Get(address, isGateway: true))];
        var before = Interlocked.Exchange(ref _peers, now);
        // One that said it would leave still answers what is under way there; any other is dead.
        foreach (var peer in before)
            if (!now.Contains(peer) && !(peer.IsLeaving && peer.IsConnected)) peers.Remove(peer.Address, "the silo is no longer a member");
        foreach (var peer in now)
            if (!before.Contains(peer)) _ = GreetQuietlyAsync(peer);
    }

    private async Task GreetAsync(Peer peer)
    {
        await peer.ConnectAsync();
        types.Add(await Router.SystemGrainAt<IManifestGrain>(peer, ManifestGrain.Type).GetAsync());
    }

    private async Task GreetQuietlyAsync(Peer peer)
    {
        try
        {
            await GreetAsync(peer);
        }
        catch (Exception)
        {
            // The peer remembers that it is out of reach; calls go through others.
        }
    }
}
