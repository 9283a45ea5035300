using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Changes rows of the table under its version, and lets everybody know.</summary>
internal sealed class MemberWrites(IMemberTable table, ClusterMembership membership, Gossip gossip, TimeProvider time)
{
    private static readonly TimeSpan MaxConflictDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Reads the table, asks what row to write (null: none is needed), and writes it; again if another silo wrote in
    /// between. False if none was needed. Throws if the table is away.
    /// </summary>
    public async Task<bool> ChangeAsync(Func<ClusterView, SiloMember?> change, CancellationToken cancellationToken)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var view = await table.ReadAsync(cancellationToken);
            membership.Publish(view);
            if (change(view) is not { } row) return false;

            var isWritten = view.Find(row.Address) is null
                ? await table.InsertAsync(row, view.Version, cancellationToken)
                : await table.UpdateAsync(row, view.Version, cancellationToken);
            if (isWritten)
            {
                membership.Publish(view.With(row));
                gossip.Spread(row.Address);
                return true;
            }

            await Task.Delay(Backoff.After(conflicts, MaxConflictDelay), time, cancellationToken);
        }
    }

    /// <summary>Declares a silo dead without asking anybody; false if it is dead already.</summary>
    public Task<bool> DeclareDeadAsync(SiloAddress peer, CancellationToken cancellationToken) => ChangeAsync(
        view => view.Find(peer) is { Status: not SiloStatus.Dead } row
            ? row with { Status = SiloStatus.Dead, Votes = [new DeathVote(membership.Local, time.GetUtcNow())] }
            : null,
        cancellationToken);
}
