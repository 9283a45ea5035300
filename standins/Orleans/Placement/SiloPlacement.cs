using System.Collections.Immutable;
using Orleans.Activations;
using Orleans.Membership;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Chooses the silo for a grain that is active nowhere.</summary>
internal sealed class SiloPlacement(ClusterMembership membership, GrainClasses classes, Peers peers)
{
    /// <exception cref="OrleansMessageRejectionException">No silo takes new grains.</exception>
    public SiloAddress Choose(GrainType grainType, SiloAddress? hint, Peer? avoided)
    {
        var active = membership.Current.Active;
        var candidates = active.Select(member => member.Address)
            .Where(address => !address.Equals(avoided?.Address) && !peers.IsOutOfReach(address))
            .ToImmutableArray();
        if (hint is not null && candidates.Contains(hint)) return hint;

        var here = membership.Local;
        var isLocal = candidates.Contains(here);
        var grainClass = classes.Find(grainType);
        if (isLocal && grainClass is { PrefersLocal: true }) return here;

        // A class that this silo does not have is another version's; one of the others may have it.
        if (isLocal && grainClass is null) candidates = candidates.Remove(here);
        return candidates.Length > 0
            ? candidates[Random.Shared.Next(candidates.Length)]
            : throw new OrleansMessageRejectionException($"No silo of the cluster takes a new grain {grainType} now; {active.Length} are active.");
    }
}
