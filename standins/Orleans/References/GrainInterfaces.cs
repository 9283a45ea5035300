using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.References;

/// <summary>The names of grain interfaces in messages: [Alias] or the full type name.</summary>
internal static class GrainInterfaces
{
    private static readonly ConcurrentDictionary<Type, GrainInterfaceType> Names = new();

    public static GrainInterfaceType NameOf(Type interfaceType) => Names.GetOrAdd(interfaceType, static type =>
        GrainInterfaceType.Create(type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.ToString()));
}
