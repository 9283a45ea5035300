using System.Collections.Immutable;
using System.Reflection;

namespace Orleans.Serialization;

/// <summary>A member that crosses a grain call, by the field behind it.</summary>
internal sealed record SerializedMember(FieldInfo Field, uint Id, ParameterInfo? Parameter = null)
{
    public bool HasParameterDefault => Parameter is { HasDefaultValue: true };

    /// <summary>True for an ImmutableArray without an array, which throws when it is used.</summary>
    public bool IsUnusable(object? value) =>
        Field.FieldType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        && Equals(value, Activator.CreateInstance(type));

    public object? ParameterDefault => Parameter!.DefaultValue switch
    {
        null when Field.FieldType.IsValueType => Activator.CreateInstance(Field.FieldType),
        { } value when (Nullable.GetUnderlyingType(Field.FieldType) ?? Field.FieldType) is { IsEnum: true } type => Enum.ToObject(type, value),
        var value => value
    };
}
