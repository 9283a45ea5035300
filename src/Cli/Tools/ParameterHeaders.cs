using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Actors.Cli.Http;

namespace Actors.Cli.Tools;

/// <summary>Mirrors arguments into <c>Mcp-Param-*</c> (2026-07-28, Streamable HTTP, Client Behavior).</summary>
internal static class ParameterHeaders
{
    public static void Add(HttpRequestHeaders headers, IReadOnlyList<HeaderParameter> parameters, ReadOnlyMemory<byte> arguments)
    {
        if (parameters.Count == 0 || arguments.IsEmpty)
            return;
        using var document = JsonDocument.Parse(arguments, new JsonDocumentOptions { MaxDepth = 256 });
        foreach (var parameter in parameters)
        {
            if (Text(Find(document.RootElement, parameter.Path)) is { } text)
                headers.TryAddWithoutValidation(parameter.Header, HeaderText.Encode(text));
        }
    }

    private static JsonElement? Find(JsonElement arguments, IReadOnlyList<string> path)
    {
        var value = arguments;
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var child))
                return null;
            value = child;
        }
        return value;
    }

    /// <summary>Null: no header, which is also right for a value that the tool itself will refuse.</summary>
    private static string? Text(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.String => value.Value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.Value.TryGetInt64(out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : value.Value.GetRawText(),
        _ => null,
    };
}
