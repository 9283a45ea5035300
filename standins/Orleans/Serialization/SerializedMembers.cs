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

    // Members without an [Id] of their own: a record's parameters by their place, after the usual numbers; other
    // properties by a hash of their name, which cannot tell which of them another version knows.
    private const uint FirstParameterId = 1000;
    private const uint FirstHashedId = 1 << 24;
    private const ulong AllKnown = 1UL << 32;

    /// <summary>The fields behind the members, those of base classes first.</summary>
    public static IReadOnlyList<FieldInfo> Of(Type type) => [.. LevelsOf(type).SelectMany(level => level.Members).Select(member => member.Field)];

    /// <summary>The members of the type's classes, the base class first; each class numbers its own.</summary>
    public static IReadOnlyList<SerializedLevel> LevelsOf(Type type)
    {
        if (type.IsGenericType && CrossWhole.Contains(type.GetGenericTypeDefinition().FullName!))
            return [LevelOf(type, type.GetFields(Declared).OrderBy(field => field.MetadataToken).Select((field, index) => new SerializedMember(field, (uint)index)))];

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            throw new CodecNotFoundException(
                $"Could not find a copier for type {type}: mark it with [GenerateSerializer], and its members with [Id], to pass it to or from a grain.");

        var own = LevelOf(type, DeclaredBy(type));
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Exception)
            ? [.. LevelsOf(parent), own]
            : [own];
    }

    /// <summary>The members of an exception; it may derive from one of .NET's, whose own members do not cross.</summary>
    public static IReadOnlyList<SerializedLevel> LevelsOfException(Type type) =>
        !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) ? []
        : type.BaseType is { } parent ? [.. LevelsOfException(parent), LevelOf(type, DeclaredBy(type))]
        : [];

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

    private static SerializedLevel LevelOf(Type type, IEnumerable<SerializedMember> members)
    {
        SerializedMember[] sorted = [.. members.OrderBy(member => member.Id)];
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i].Id == sorted[i - 1].Id)
                throw new CodecNotFoundException($"{sorted[i - 1].Field.Name} and {sorted[i].Field.Name} of {type} share the [Id] {sorted[i].Id}.");

        var last = sorted.Length == 0 ? 0 : sorted[^1].Id + 1UL;
        return new SerializedLevel(sorted, last > FirstHashedId ? AllKnown : last);
    }

    private static IEnumerable<SerializedMember> DeclaredBy(Type type)
    {
        var parameters = PrimaryParametersOf(type);
        var publicToo = type.GetCustomAttribute<GenerateSerializerAttribute>() is { GenerateFieldIds: GenerateFieldIds.PublicProperties };
        foreach (var field in type.GetFields(Declared))
        {
            if (field.IsDefined(typeof(NonSerializedAttribute))) continue;

            var property = PropertyBehind(type, field);
            var parameter = property is null ? null : parameters.GetValueOrDefault(property.Name);
            if ((field.GetCustomAttribute<IdAttribute>() ?? property?.GetCustomAttribute<IdAttribute>()) is { } id)
                yield return new SerializedMember(field, id.Id, parameter);
            else if (parameter is not null)
                yield return new SerializedMember(field, FirstParameterId + (uint)parameter.Position, parameter);
            else if (publicToo && property?.GetMethod is { IsPublic: true })
                yield return new SerializedMember(field, HashedId(property.Name));
            else if (property?.SetMethod is not null)
                throw new CodecNotFoundException(
                    $"Property {property.Name} of {type} has no [Id], so it would be lost on the way to another silo: give it one, or mark it [field: NonSerialized].");
        }
    }

    private static uint HashedId(string name)
    {
        var hash = 2166136261u;
        foreach (var character in name) hash = (hash ^ character) * 16777619u;
        return FirstHashedId | (hash >> 3);
    }

    private static PropertyInfo? PropertyBehind(Type type, FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">k__BackingField", StringComparison.Ordinal)
            ? type.GetProperty(field.Name[1..field.Name.IndexOf('>')], Declared)
            : null;

    // A record's parameters are members by themselves; another class's only if its attribute says so.
    private static Dictionary<string, ParameterInfo> PrimaryParametersOf(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        if (!isRecord && type.GetCustomAttribute<GenerateSerializerAttribute>() is not { IncludePrimaryConstructorParameters: true }) return [];

        // Of several constructors the one with the most parameters that name a property is the primary one.
        var byName = new Dictionary<string, ParameterInfo>(StringComparer.Ordinal);
        foreach (var parameter in type.GetConstructors(Declared).OrderByDescending(constructor => constructor.GetParameters().Length).SelectMany(constructor => constructor.GetParameters()))
            byName.TryAdd(parameter.Name!, parameter);
        return byName;
    }
}
