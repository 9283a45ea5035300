using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Orleans.AdoNet;

/// <summary>
/// States as plain JSON that Orleans' JSON serializer (Newtonsoft.Json) reads; and what it wrote, with its type names and
/// reference ids, as long as the types are those that the classes declare.
/// </summary>
internal static class StateJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AllowMissing, AllowHiddenConstructor, DeclaredTypesOnly.Guard } }
    };

    public static byte[] Serialize<T>(T state)
    {
        DeclaredTypesOnly.Check(state, typeof(T));
        return JsonSerializer.SerializeToUtf8Bytes(state, Options);
    }

    public static T? Deserialize<T>(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"$"u8) < 0
            ? JsonSerializer.Deserialize<T>(json, Options)
            : NewtonsoftMetadata.Resolve(JsonNode.Parse(json)).Deserialize<T>(Options);

    // Orleans leaves out what has its default value.
    private static void AllowMissing(JsonTypeInfo type)
    {
        foreach (var property in type.Properties) property.IsRequired = false;
    }

    private static void AllowHiddenConstructor(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.CreateObject is null && type.Type.GetConstructors().Length == 0
            && type.Type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, Type.EmptyTypes) is { } constructor)
            type.CreateObject = () => constructor.Invoke(null);
    }
}
