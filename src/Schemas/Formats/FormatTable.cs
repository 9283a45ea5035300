using System.Collections.Frozen;

namespace Actors.Schemas.Formats;

/// <summary>The formats that can be asserted.</summary>
internal static class FormatTable
{
    private static readonly FrozenDictionary<string, Func<string, bool>> ByName = new Dictionary<string, Func<string, bool>>
    {
        ["date-time"] = TimeFormats.IsDateTime,
        ["date"] = TimeFormats.IsDate,
        ["time"] = TimeFormats.IsTime,
        ["duration"] = TimeFormats.IsDuration,
        ["email"] = NetworkFormats.IsEmail,
        ["idn-email"] = NetworkFormats.IsIdnEmail,
        ["hostname"] = NetworkFormats.IsHostname,
        ["ipv4"] = NetworkFormats.IsIpv4,
        ["ipv6"] = NetworkFormats.IsIpv6,
        ["uri"] = UriFormats.IsUri,
        ["uri-reference"] = UriFormats.IsUriReference,
        ["iri"] = UriFormats.IsIri,
        ["iri-reference"] = UriFormats.IsIriReference,
        ["uri-template"] = UriFormats.IsTemplate,
        ["uuid"] = TextFormats.IsUuid,
        ["json-pointer"] = TextFormats.IsJsonPointer,
        ["relative-json-pointer"] = TextFormats.IsRelativeJsonPointer,
        ["regex"] = TextFormats.IsRegex,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null: nobody here knows it.</summary>
    public static Func<string, bool>? Find(string format) => ByName.GetValueOrDefault(format);
}
