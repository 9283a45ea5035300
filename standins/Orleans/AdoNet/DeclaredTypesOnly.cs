using System.Collections;
using System.Text.Json.Serialization.Metadata;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>
/// Refuses to write an object whose type is another than the declared one: without the type's name in the JSON it would
/// come back as something else, or not at all.
/// </summary>
internal static class DeclaredTypesOnly
{
    public static void Guard(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.Get is not { } get || property.PropertyType.IsSealed) continue;
            property.Get = owner =>
            {
                var value = get(owner);
                Check(value, property.PropertyType);
                return value;
            };
        }
    }

    public static void Check(object? value, Type declared)
    {
        if (value is null || declared.IsSealed) return;
        if (value is IDictionary map)
        {
            CheckAll(map.Values, Element(declared));
            return;
        }

        if (value is IEnumerable items) CheckAll(items, Element(declared));
        else if (value is IAddressable || value.GetType() != (Nullable.GetUnderlyingType(declared) ?? declared))
            throw new NotSupportedException(
                $"The Orleans stand-in's grain storage writes no {value.GetType()} where {declared} is declared: its JSON carries no type names.");
    }

    private static void CheckAll(IEnumerable items, Type? element)
    {
        if (element is null || element.IsSealed) return;
        foreach (var item in items) Check(item, element);
    }

    // The last argument: of a dictionary the value's type, of the others the only one.
    private static Type? Element(Type declared) =>
        declared.IsArray ? declared.GetElementType() : declared.IsGenericType ? declared.GetGenericArguments()[^1] : null;
}
