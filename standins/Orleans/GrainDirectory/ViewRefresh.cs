using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>
/// Reads the membership table when another silo's view turns out to be newer: once for all who wait for it, because a
/// change makes many calls find out at the same moment.
/// </summary>
internal sealed class ViewRefresh(ClusterMembership membership)
{
    private readonly Lock _lock = new();
    private Task? _running;

    /// <summary>Throws when the table cannot be read in time.</summary>
    public async Task ReachAsync(long version, CancellationToken cancellationToken)
    {
        while (membership.Current.Version.Value < version)
        {
            Task running;
            bool isOwn;
            lock (_lock)
            {
                isOwn = _running is not { IsCompleted: false };
                // Not this caller's alone, so not cancelled with it.
                if (isOwn) _running = Task.Run(() => membership.RefreshAsync(new MembershipVersion(version), CancellationToken.None).AsTask(), CancellationToken.None);
                running = _running!;
            }

            await running.WaitAsync(GrainLocator.Patience, cancellationToken).ConfigureAwait(false);
            // One that was under way may have read before the change; its own read is as new as it gets.
            if (isOwn) return;
        }
    }
}
