using System.Buffers;
using System.Text.Json;
using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Requests;
using Actors.Cli.Stateless;

namespace Actors.Cli.Tools;

/// <summary>Asks tools/list on the bridge's own account, as the client that calls: with its identity and its capabilities.</summary>
internal sealed class ToolListing(Endpoint endpoint, KnownTools tools, Diagnostics diagnostics)
{
    private const int MaxPages = 100;

    /// <summary>False: there was no list; what was to be called stays refused.</summary>
    public async Task<bool> LearnAsync(Exchange call)
    {
        string? cursor = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var request = MessageReader.Read(Write(call.Request, cursor));
            using var reply = await endpoint.PostAsync(request.Bytes, headers => RequestHeaders.Add(headers, request, tools), call.Unwanted);
            if (await reply.FindAnswerAsync(call.Unwanted) is not { } answer || !answer.Error.IsEmpty)
            {
                diagnostics.Trace($"tools/list was refused: HTTP {(int)reply.Status}");
                return false;
            }
            tools.Learn(answer);
            cursor = CursorOf(answer);
            if (cursor is null)
                return true;
        }
        return true;
    }

    private static byte[] Write(Message call, string? cursor)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteString("id", "actors-stdio-tools");
        json.WriteString("method", "tools/list");
        json.WriteStartObject("params");
        if (cursor is not null)
            json.WriteString("cursor", cursor);
        json.WriteStartObject("_meta");
        using (var meta = JsonDocument.Parse(call.Meta))
        {
            // Not the call's progress token, nor what else is about that call alone.
            foreach (var member in meta.RootElement.EnumerateObject().Where(member => IsAboutTheClient(member.Name)))
                member.WriteTo(json);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static bool IsAboutTheClient(string member) => member
        is "io.modelcontextprotocol/protocolVersion"
        or "io.modelcontextprotocol/clientInfo"
        or "io.modelcontextprotocol/clientCapabilities";

    private static string? CursorOf(Message answer)
    {
        using var document = JsonDocument.Parse(answer.Bytes, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
            && result.TryGetProperty("nextCursor", out var cursor) && cursor.ValueKind == JsonValueKind.String
                ? cursor.GetString()
                : null;
    }
}
