using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Tools;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Headers;

/// <summary>Mcp-Param-* headers against the arguments they mirror (Streamable HTTP, Server Behavior for Custom Headers).</summary>
internal static class ParameterHeaders
{
    public static void Check(IHeaderDictionary headers, ImmutableArray<HeaderParameter> parameters, JsonElement? arguments)
    {
        foreach (var parameter in parameters)
            Check(RequestHeaders.Value(headers, "Mcp-Param-" + parameter.Header), parameter, Find(arguments, parameter.Path));
    }

    private static void Check(string? header, HeaderParameter parameter, JsonElement? argument)
    {
        var name = "Mcp-Param-" + parameter.Header;
        var path = "params.arguments." + string.Join('.', parameter.Path);
        if (argument is not { } value)
        {
            if (header is not null)
                throw RequestHeaders.Mismatch($"The header {name} is there but {path} is not, or is null; send both or neither.");
            return;
        }
        if (header is null)
            throw RequestHeaders.Mismatch($"The header {name} is missing; it must mirror {path}.");
        if (!HeaderValue.TryDecode(header, out var text))
            throw RequestHeaders.Mismatch($"The header {name} is neither visible ASCII nor valid Base64 of UTF-8 between '=?base64?' and '?='.");
        if (!Matches(text, value))
            throw RequestHeaders.Mismatch($"The header {name} does not say the same as {path}.");
    }

    private static JsonElement? Find(JsonElement? arguments, ImmutableArray<string> path)
    {
        var value = arguments;
        foreach (var name in path)
        {
            if (value is not { ValueKind: JsonValueKind.Object } parent || !parent.TryGetProperty(name, out var child))
                return null;
            value = child;
        }
        return value is { ValueKind: JsonValueKind.Null } ? null : value;
    }

    private static bool Matches(string header, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.Equals(header, value.GetString(), StringComparison.Ordinal),
        JsonValueKind.True => header == "true",
        JsonValueKind.False => header == "false",
        // 42.0 and 42 are the same number (Server Validation).
        JsonValueKind.Number => decimal.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && value.TryGetDecimal(out var expected) && number == expected,
        // The schema allows primitive types only: what the tool's own check will refuse has no header form.
        _ => false,
    };
}
