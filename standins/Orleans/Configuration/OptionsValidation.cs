using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Refuses to start a silo with options that contradict themselves.</summary>
internal sealed class OptionsValidation(
    IOptions<ClusterOptions> cluster, IOptions<GrainCollectionOptions> collection, IOptions<SiloMessagingOptions> messaging,
    IOptions<ClusterMembershipOptions> membership)
{
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(cluster.Value.ClusterId), $"{nameof(ClusterOptions)}.{nameof(ClusterOptions.ClusterId)} must not be empty.");
        Require(!string.IsNullOrWhiteSpace(cluster.Value.ServiceId), $"{nameof(ClusterOptions)}.{nameof(ClusterOptions.ServiceId)} must not be empty.");
        Require(collection.Value.CollectionQuantum > TimeSpan.Zero, "GrainCollectionOptions.CollectionQuantum must be greater than zero.");
        Require(
            collection.Value.CollectionAge > collection.Value.CollectionQuantum,
            "GrainCollectionOptions.CollectionAge must be greater than CollectionQuantum.");
        foreach (var (name, age) in collection.Value.ClassSpecificCollectionAge)
            Require(age > collection.Value.CollectionQuantum, $"GrainCollectionOptions.ClassSpecificCollectionAge of {name} must be greater than CollectionQuantum.");
        Require(messaging.Value.ResponseTimeout > TimeSpan.Zero, "SiloMessagingOptions.ResponseTimeout must be greater than zero.");
        Require(messaging.Value.MaxEnqueuedRequestsHardLimit >= 0, "SiloMessagingOptions.MaxEnqueuedRequestsHardLimit must not be negative.");
        Validate(membership.Value);
    }

    private static void Validate(ClusterMembershipOptions options)
    {
        (string Name, bool IsPositive)[] values =
        [
            (nameof(options.NumMissedTableIAmAliveLimit), options.NumMissedTableIAmAliveLimit > 0),
            (nameof(options.ProbeTimeout), options.ProbeTimeout > TimeSpan.Zero),
            (nameof(options.TableRefreshTimeout), options.TableRefreshTimeout > TimeSpan.Zero),
            (nameof(options.DeathVoteExpirationTimeout), options.DeathVoteExpirationTimeout > TimeSpan.Zero),
            (nameof(options.IAmAliveTablePublishTimeout), options.IAmAliveTablePublishTimeout > TimeSpan.Zero),
            (nameof(options.MaxJoinAttemptTime), options.MaxJoinAttemptTime > TimeSpan.Zero),
            (nameof(options.NumProbedSilos), options.NumProbedSilos > 0),
            (nameof(options.NumMissedProbesLimit), options.NumMissedProbesLimit > 0),
            (nameof(options.NumVotesForDeathDeclaration), options.NumVotesForDeathDeclaration > 0),
            (nameof(options.DefunctSiloExpiration), options.DefunctSiloExpiration > TimeSpan.Zero),
            (nameof(options.DefunctSiloCleanupPeriod), options.DefunctSiloCleanupPeriod is not { } period || period > TimeSpan.Zero),
            (nameof(options.MaxDefunctSiloEntries), options.MaxDefunctSiloEntries is not { } most || most > 0)
        ];
        foreach (var (name, isPositive) in values)
            Require(isPositive, $"{nameof(ClusterMembershipOptions)}.{name} must be greater than zero.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new OrleansConfigurationException(message);
    }
}
