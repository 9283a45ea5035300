using System.Reflection;

namespace Orleans.Serialization;

/// <summary>The members of a type that cross a grain call: those with an [Id], and a record's parameters.</summary>
internal static class SerializedMembers
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> CrossWhole =
    [
        "System.Tuple`1", "System.Tuple`2", "System.Tuple`3", "System.Tuple`4", "System.Tuple`5", "System.Tuple`6",
        "System.Tuple`7", "System.Tuple`8", "System.ValueTuple`1", "System.ValueTuple`2", "System.ValueTuple`3",
        "System.ValueTuple`4", "System.ValueTuple`5", "System.ValueTuple`6", "System.ValueTuple`7", "System.ValueTuple`8",
        "System.Collections.Generic.KeyValuePair`2"
    ];

    /// <summary>The fields behind the members, those of base classes first.</summary>
    public static IReadOnlyList<FieldInfo> Of(Type type)
    {
        if (type.IsGenericType && CrossWhole.Contains(type.GetGenericTypeDefinition().FullName!)) return type.GetFields(Declared);

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            throw new CodecNotFoundException(
                $"Could not find a copier for type {type}: mark it with [GenerateSerializer], and its members with [Id], to pass it to or from a grain.");

        var own = DeclaredBy(type);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Exception)
            ? [.. Of(parent), .. own]
            : [.. own];
    }

    /// <summary>
    /// Whether all that a value of the type can hold has a serializer, as far as its members' types tell. An immutable
    /// value is passed without looking into it, so this is where a type that could not cross to another silo is found.
    /// </summary>
    public static bool AreKnown(Type type) => IsKnown(type, []);

    private static bool IsKnown(Type type, HashSet<Type> visited)
    {
        if (!visited.Add(type) || ImmutableTypes.IsElementary(type)) return true;
        if (type.HasElementType) return type.IsArray && IsKnown(type.GetElementType()!, visited);
        // What is behind an abstract type shows only at run time, value by value.
        if (type.IsInterface || type.IsAbstract || type == typeof(object) || typeof(Exception).IsAssignableFrom(type)) return true;
        if (type.IsGenericType && (ImmutableTypes.IsContainer(type) || Copiers.IsCollection(type)))
            return type.GetGenericArguments().All(argument => IsKnown(argument, visited));

        try
        {
            return Of(type).All(field => IsKnown(field.FieldType, visited));
        }
        catch (CodecNotFoundException)
        {
            return false;
        }
    }

    private static IEnumerable<FieldInfo> DeclaredBy(Type type)
    {
        var parameters = PrimaryParametersOf(type);
        var publicToo = type.GetCustomAttribute<GenerateSerializerAttribute>() is { GenerateFieldIds: GenerateFieldIds.PublicProperties };
        foreach (var field in type.GetFields(Declared))
        {
            if (field.IsDefined(typeof(NonSerializedAttribute))) continue;

            var property = PropertyBehind(type, field);
            if (field.IsDefined(typeof(IdAttribute)) || property?.IsDefined(typeof(IdAttribute)) == true
                || (property is not null && (parameters.Contains(property.Name) || (publicToo && property.GetMethod is { IsPublic: true }))))
                yield return field;
            else if (property?.SetMethod is not null)
                throw new CodecNotFoundException(
                    $"Property {property.Name} of {type} has no [Id], so it would be lost on the way to another silo: give it one, or mark it [field: NonSerialized].");
        }
    }

    private static PropertyInfo? PropertyBehind(Type type, FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? type.GetProperty(field.Name[1..field.Name.IndexOf('>')], Declared)
            : null;

    // A record's parameters are members by themselves; another class's only if its attribute says so.
    private static HashSet<string> PrimaryParametersOf(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        if (!isRecord && type.GetCustomAttribute<GenerateSerializerAttribute>() is not { IncludePrimaryConstructorParameters: true }) return [];

        return type.GetConstructors(Declared)
            .SelectMany(constructor => constructor.GetParameters())
            .Select(parameter => parameter.Name!)
            .ToHashSet(StringComparer.Ordinal);
    }
}
