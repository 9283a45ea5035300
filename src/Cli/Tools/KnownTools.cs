using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Cli.Host;
using Actors.Cli.Messages;

namespace Actors.Cli.Tools;

/// <summary>The tools of the lists that passed by.</summary>
internal sealed class KnownTools(Diagnostics diagnostics)
{
    private const int MaxTools = 10_000; // More than any agent is shown; what is past it is called without its headers.

    private readonly ConcurrentDictionary<string, KnownTool> _tools = new(StringComparer.Ordinal);

    public KnownTool? Find(string name) => _tools.GetValueOrDefault(name);

    /// <summary>
    /// Learns from an answer to tools/list, and gives the answer for the host: without the tools whose header annotations are
    /// invalid, which a client over HTTP must leave out (2026-07-28, Streamable HTTP, Schema Extension).
    /// </summary>
    public ReadOnlyMemory<byte> Learn(Message answer)
    {
        using var document = JsonDocument.Parse(answer.Bytes, new JsonDocumentOptions { MaxDepth = 256 });
        if (!TryFindTools(document.RootElement, out var tools))
            return answer.Bytes;
        var invalid = new HashSet<int>();
        foreach (var (index, tool) in tools.EnumerateArray().Index())
        {
            if (!Learn(tool))
                invalid.Add(index);
        }
        return invalid.Count == 0 ? answer.Bytes : Without(answer.Bytes, tools, invalid);
    }

    private static bool TryFindTools(JsonElement answer, out JsonElement tools)
    {
        tools = default;
        return answer.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
            && result.TryGetProperty("tools", out tools) && tools.ValueKind == JsonValueKind.Array;
    }

    private bool Learn(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("name", out var named) || named.ValueKind != JsonValueKind.String)
            return true;
        var name = named.GetString()!;
        var schema = tool.TryGetProperty("inputSchema", out var input) ? input : default;
        var parameters = HeaderAnnotations.Read(schema, out var fault);
        if (fault is not null)
        {
            diagnostics.Say($"The tool '{name}' is left out of the list: {fault}.");
            return false;
        }
        if (_tools.Count < MaxTools || _tools.ContainsKey(name))
            _tools[name] = new KnownTool(parameters, IsRepeatable(tool));
        return true;
    }

    private static bool IsRepeatable(JsonElement tool) =>
        tool.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object
        && (IsTrue(annotations, "readOnlyHint") || IsTrue(annotations, "idempotentHint"));

    private static bool IsTrue(JsonElement annotations, string hint) =>
        annotations.TryGetProperty(hint, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>All other bytes stay as they are.</summary>
    private static byte[] Without(ReadOnlyMemory<byte> answer, JsonElement tools, HashSet<int> invalid)
    {
        var old = JsonMarshal.GetRawUtf8Value(tools);
        var start = answer.Span.IndexOf(old);
        var kept = new List<byte> { (byte)'[' };
        foreach (var (index, tool) in tools.EnumerateArray().Index())
        {
            if (invalid.Contains(index))
                continue;
            if (kept.Count > 1)
                kept.Add((byte)',');
            kept.AddRange(JsonMarshal.GetRawUtf8Value(tool));
        }
        kept.Add((byte)']');
        return [.. answer.Span[..start], .. kept, .. answer.Span[(start + old.Length)..]];
    }
}
