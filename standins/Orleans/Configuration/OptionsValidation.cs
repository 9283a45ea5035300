using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Refuses to start a silo with options that contradict themselves.</summary>
internal sealed class OptionsValidation(
    IOptions<ClusterOptions> cluster, IOptions<GrainCollectionOptions> collection, IOptions<SiloMessagingOptions> messaging)
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
    }

    private static void Require(bool condition, string message)
    {
        if (!condition) throw new OrleansConfigurationException(message);
    }
}
