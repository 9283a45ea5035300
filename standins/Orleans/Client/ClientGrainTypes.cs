using System.Collections.Immutable;
using Orleans.Activations;
using Orleans.References;
using Orleans.Runtime;

namespace Orleans.Client;

/// <summary>What the gateways told of their grains. What one of them has, the cluster has.</summary>
internal sealed class ClientGrainTypes : GrainTypes
{
    private readonly Lock _adding = new();
    private volatile ImmutableHashSet<ManifestEntry> _entries = [];

    public void Add(ImmutableArray<ManifestEntry> entries)
    {
        lock (_adding) _entries = _entries.Union(entries);
    }

    public override GrainType TypeOf(Type interfaceType, string? classNamePrefix)
    {
        var entries = _entries;
        if (entries.IsEmpty)
            throw new InvalidOperationException("The cluster client has not connected to a cluster yet: call grains once the host is running.");

        var definition = interfaceType.IsGenericType ? interfaceType.GetGenericTypeDefinition() : interfaceType;
        var id = GrainInterfaces.NameOf(definition).ToString();
        var candidates = entries
            .Where(entry => entry.InterfaceId == id)
            .Where(entry => string.IsNullOrEmpty(classNamePrefix) || entry.ClassFullName.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToArray();
        // Of several, the one named as the interface without its I.
        var byName = candidates.Where(entry => "I" + entry.ClassName == definition.Name).ToArray();
        return (candidates, byName) switch
        {
            ([var only], _) => Close(only, interfaceType),
            (_, [var named]) => Close(named, interfaceType),
            ([], _) => throw new ArgumentException($"Could not find an implementation for interface {interfaceType.FullName}."),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType.FullName}. Candidates: "
                + string.Join(", ", candidates.Select(entry => entry.ClassFullName)) + ".")
        };
    }

    public override GrainClass? ClassOf(GrainType grainType) => null;

    private static GrainType Close(ManifestEntry entry, Type interfaceType) =>
        GrainType.Create(entry.GrainType.Contains('`', StringComparison.Ordinal)
            ? GrainClasses.Close(entry.GrainType, interfaceType.GetGenericArguments())
            : entry.GrainType);
}
