using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.References;

/// <summary>The names of grain interfaces in messages: [Alias] or the full type name, with a generic one's arguments.</summary>
internal static class GrainInterfaces
{
    private static readonly ConcurrentDictionary<Type, GrainInterfaceType> Names = new();

    public static GrainInterfaceType NameOf(Type interfaceType) => Names.GetOrAdd(interfaceType, static type =>
    {
        KnownTypes.AddGrainInterface(type);
        return GrainInterfaceType.Create(TypeNames.Of(type));
    });
}
