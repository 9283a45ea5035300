using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>The real table, until its silo is killed: then nothing of that silo reaches it any more.</summary>
internal sealed class CuttableTable(IMemberTable table) : IMemberTable
{
    private volatile bool _isCut;

    private IMemberTable Table => _isCut ? throw new IOException("This silo is dead.") : table;

    public void Cut() => _isCut = true;

    public Task OpenAsync(CancellationToken cancellationToken) => Table.OpenAsync(cancellationToken);

    public Task<ClusterView> ReadAsync(CancellationToken cancellationToken) => Table.ReadAsync(cancellationToken);

    public Task<bool> InsertAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken) =>
        Table.InsertAsync(member, expected, cancellationToken);

    public Task<bool> UpdateAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken) =>
        Table.UpdateAsync(member, expected, cancellationToken);

    public Task SetAliveAsync(SiloAddress address, DateTimeOffset time, CancellationToken cancellationToken) =>
        Table.SetAliveAsync(address, time, cancellationToken);

    public Task RemoveDefunctAsync(DateTimeOffset before, CancellationToken cancellationToken) => Table.RemoveDefunctAsync(before, cancellationToken);
}
