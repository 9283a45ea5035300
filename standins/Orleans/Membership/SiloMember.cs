using System.Collections.Immutable;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>One row of the membership table.</summary>
internal sealed record SiloMember
{
    public required SiloAddress Address { get; init; }

    public required SiloStatus Status { get; init; }

    public required string Name { get; init; }

    public required string HostName { get; init; }

    /// <summary>Where it takes calls of clients; 0 for nowhere.</summary>
    public int GatewayPort { get; init; }

    public DateTimeOffset StartTime { get; init; }

    public DateTimeOffset IAmAliveTime { get; init; }

    public ImmutableArray<DeathVote> Votes { get; init; } = [];

    /// <summary>Whether it has not said that it lives for as long as the options allow.</summary>
    public bool IsStale(ClusterMembershipOptions options, DateTimeOffset now) =>
        now - IAmAliveTime > options.IAmAliveTablePublishTimeout * options.NumMissedTableIAmAliveLimit;

    // Rows are told apart by address and version, never by value.
    public bool Equals(SiloMember? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Address.GetHashCode();
}
