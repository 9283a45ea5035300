using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Where the members are written down: in a database, or for the single silo of UseLocalhostClustering in memory.</summary>
internal interface IMemberTable
{
    /// <summary>Makes sure that there is a table, and a version of it for this cluster.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    Task<ClusterView> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a row if the table still has that version, and raises the version by one; false if it has not.</summary>
    Task<bool> InsertAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken);

    /// <summary>Replaces a row's status, votes and IAmAliveTime under the same condition.</summary>
    Task<bool> UpdateAsync(SiloMember member, MembershipVersion expected, CancellationToken cancellationToken);

    /// <summary>Sets IAmAliveTime only, whatever the version is.</summary>
    Task SetAliveAsync(SiloAddress address, DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Deletes rows that are not active and gave no sign of life since.</summary>
    Task RemoveDefunctAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
