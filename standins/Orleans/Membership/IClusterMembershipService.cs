namespace Orleans.Runtime;

/// <summary>The members of the cluster, for applications.</summary>
public interface IClusterMembershipService
{
    ClusterMembershipSnapshot CurrentSnapshot { get; }

    /// <summary>The current snapshot and every later one; one that is slow to read skips to the latest.</summary>
    IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates { get; }

    /// <summary>Reads the membership table unless the current snapshot is of the minimum version or later.</summary>
    ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default);

    /// <summary>Declares a silo dead without a vote.</summary>
    Task<bool> TryKill(SiloAddress siloAddress);
}
