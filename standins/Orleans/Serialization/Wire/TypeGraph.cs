using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>What values of a type can hold, as far as the types of its members tell.</summary>
internal static class TypeGraph
{
    /// <summary>False when no value of the type can be part of itself.</summary>
    public static bool MayContainItself(Type type)
    {
        var visited = new HashSet<Type>();
        return HeldBy(type).Any(held => Reaches(held, type, visited));
    }

    private static bool Reaches(Type type, Type goal, HashSet<Type> visited)
    {
        if (type == goal) return true;
        if (!visited.Add(type) || ImmutableTypes.IsElementary(type) || typeof(GrainReference).IsAssignableFrom(type)) return false;
        // A variable of an open type may hold anything.
        if (!type.IsSealed && !type.IsArray && !IsCollection(type)) return !typeof(IAddressable).IsAssignableFrom(type);

        return HeldBy(type).Any(held => Reaches(held, goal, visited));
    }

    private static IEnumerable<Type> HeldBy(Type type)
    {
        if (type.IsArray) return [type.GetElementType()!];
        if (IsCollection(type)) return type.GetGenericArguments();

        try
        {
            return SerializedMembers.Of(type).Select(field => field.FieldType);
        }
        catch (CodecNotFoundException)
        {
            // Refused when it is written.
            return [];
        }
    }

    private static bool IsCollection(Type type) => type.IsGenericType && Codecs.IsCollection(type.GetGenericTypeDefinition());
}
