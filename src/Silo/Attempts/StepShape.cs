using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Actors.Silo.Attempts;

/// <summary>
/// What a step's result looks like: the name of its type and the shape of its JSON. The same for the same type in every build; another
/// one where a member came, went, or changed its type.
/// </summary>
internal static class StepShape
{
    private const int MaxLength = 1000;

    private static readonly ConcurrentDictionary<Type, string> Known = new();

    public static string Of(Type type) => Known.GetOrAdd(type, static type =>
    {
        var text = $"{type} {Json(type, [])}";
        return text.Length <= MaxLength ? text : $"{text[..(MaxLength / 2)]}... #{Hash(text)}";
    });

    private static string Json(Type type, HashSet<Type> within)
    {
        var info = JsonSerializerOptions.Web.GetTypeInfo(type);
        if (info.Kind is JsonTypeInfoKind.None)
        {
            return Nullable.GetUnderlyingType(type) is { } value ? value.Name + "?" : type.Name;
        }

        if (!within.Add(type))
        {
            return type.Name;
        }

        var shape = info.Kind switch
        {
            JsonTypeInfoKind.Object => $"{{{string.Join(", ", info.Properties.Where(IsWritten).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Json(p.PropertyType, within)}"))}}}",
            JsonTypeInfoKind.Dictionary => $"{{*: {Json(info.ElementType!, within)}}}",
            _ => $"[{Json(info.ElementType!, within)}]",
        };
        within.Remove(type);
        return shape;
    }

    private static bool IsWritten(JsonPropertyInfo property) => property.Get is not null || property.Set is not null;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
