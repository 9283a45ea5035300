using System.Threading.Channels;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>What this silo knows of the cluster, and where others of its parts tell what they notice about other silos.</summary>
internal sealed class ClusterMembership(IMemberTable table, ILocalSiloDetails silo)
{
    private const int MaxSuspects = 1_000;

    private readonly Lock _publishing = new();
    private readonly Channel<(SiloAddress Peer, string Reason)> _suspects =
        Channel.CreateBounded<(SiloAddress, string)>(new BoundedChannelOptions(MaxSuspects) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Channel<MembershipVersion> _heard =
        Channel.CreateBounded<MembershipVersion>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The previous view and the new one, in the order of their versions, one at a time. Handlers do not block.</summary>
    public event Action<ClusterView, ClusterView>? Changed;

    public SiloAddress Local { get; } = silo.SiloAddress;

    public ClusterView Current { get; private set => Volatile.Write(ref field, value); } = ClusterView.Unknown;

    public ChannelReader<(SiloAddress Peer, string Reason)> Suspects => _suspects.Reader;

    public ChannelReader<MembershipVersion> Rumours => _heard.Reader;

    /// <summary>
    /// Something is wrong with a silo: a refused or broken connection, a call that nobody answered. It is probed at
    /// once, and only what that probe finds counts. Never blocks.
    /// </summary>
    public void Suspect(SiloAddress peer, string reason) => _suspects.Writer.TryWrite((peer, reason));

    /// <summary>Another silo says that the table has this version. Never blocks.</summary>
    public void Heard(MembershipVersion version)
    {
        if (version > Current.Version) _heard.Writer.TryWrite(version);
    }

    /// <summary>Something says that the view may be old: the table is read soon. Never blocks.</summary>
    public void LookAgain() => _heard.Writer.TryWrite(MembershipVersion.MinValue);

    /// <summary>
    /// Reads the table, unless a version is given and the current view is of that or a later one. Throws if the table
    /// cannot be read.
    /// </summary>
    public async ValueTask RefreshAsync(MembershipVersion minimum, CancellationToken cancellationToken)
    {
        if (minimum != default && Current.Version >= minimum) return;

        Publish(await table.ReadAsync(cancellationToken));
    }

    /// <summary>Takes what was read from the table, unless something newer was read meanwhile.</summary>
    public void Publish(ClusterView view)
    {
        lock (_publishing)
        {
            var previous = Current;
            if (view.Version <= previous.Version) return;

            Current = view;
            Changed?.Invoke(previous, view);
        }
    }
}
