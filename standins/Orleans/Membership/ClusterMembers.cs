using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>The membership as applications see it.</summary>
internal sealed class ClusterMembers(ClusterMembership membership, MemberWrites writes) : IClusterMembershipService
{
    private ClusterMembershipSnapshot? _latest;

    public ClusterMembershipSnapshot CurrentSnapshot
    {
        get
        {
            var view = membership.Current;
            var latest = _latest;
            return latest?.Version == view.Version ? latest : _latest = Snapshot(view);
        }
    }

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => UpdatesAsync();

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
        membership.RefreshAsync(minimumVersion, cancellationToken);

    public Task<bool> TryKill(SiloAddress siloAddress) => writes.DeclareDeadAsync(siloAddress, CancellationToken.None);

    private async IAsyncEnumerable<ClusterMembershipSnapshot> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Holds the latest only: who is slow skips what is old.
        var updates = Channel.CreateBounded<ClusterView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        void Add(ClusterView previous, ClusterView now) => updates.Writer.TryWrite(now);
        membership.Changed += Add;
        try
        {
            var last = CurrentSnapshot;
            yield return last;
            await foreach (var view in updates.Reader.ReadAllAsync(cancellationToken))
                if (view.Version > last.Version) yield return last = Snapshot(view);
        }
        finally
        {
            membership.Changed -= Add;
        }
    }

    private static ClusterMembershipSnapshot Snapshot(ClusterView view) => new(
        view.Members.ToImmutableDictionary(member => member.Address, member => new ClusterMember(member.Address, member.Status, member.Name)),
        view.Version);
}
