using System.Text.Json;
using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>Reads from <c>params</c> and its <c>_meta</c> what every method needs.</summary>
internal readonly struct ParamsReader(MirroredValues mirrored, Envelope envelope)
{
    private const int Meta = 1, Name = 2, Uri = 4, TaskId = 8;
    private const int Version = 1, Capabilities = 2, Info = 4, Level = 8, Token = 16;

    /// <summary>From the object's first token to its last.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        var seen = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("_meta"u8))
            {
                Once(ref seen, Meta, "params._meta", Refusal.InvalidMeta);
                ReadMeta(ref json);
            }
            else if (json.ValueTextEquals("name"u8))
            {
                Once(ref seen, Name, "params.name", Refusal.InvalidParams);
                envelope.Name = Text(ref json, "params.name", mirrored.Name, Refusal.InvalidParams);
            }
            else if (json.ValueTextEquals("uri"u8))
            {
                Once(ref seen, Uri, "params.uri", Refusal.InvalidParams);
                envelope.Uri = Text(ref json, "params.uri", mirrored.Name, Refusal.InvalidParams);
            }
            else if (json.ValueTextEquals("taskId"u8))
            {
                Once(ref seen, TaskId, "params.taskId", Refusal.InvalidParams);
                envelope.TaskId = Text(ref json, "params.taskId", mirrored.Name, Refusal.InvalidParams);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
    }

    private void ReadMeta(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new RefusedException(Refusal.InvalidMeta, "params._meta must be an object.");
        envelope.HasMeta = true;
        var seen = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            ReadMetaMember(ref json, ref seen);
    }

    private void ReadMetaMember(ref Utf8JsonReader json, ref int seen)
    {
        if (json.ValueTextEquals("io.modelcontextprotocol/protocolVersion"u8))
        {
            Once(ref seen, Version, "params._meta[\"io.modelcontextprotocol/protocolVersion\"]", Refusal.InvalidMeta);
            envelope.ProtocolVersion = Text(
                ref json, "params._meta[\"io.modelcontextprotocol/protocolVersion\"]", mirrored.Version, Refusal.InvalidMeta);
        }
        else if (json.ValueTextEquals("io.modelcontextprotocol/clientCapabilities"u8))
        {
            Once(ref seen, Capabilities, "params._meta[\"io.modelcontextprotocol/clientCapabilities\"]", Refusal.InvalidMeta);
            var start = ObjectStart(ref json, "params._meta[\"io.modelcontextprotocol/clientCapabilities\"]");
            new CapabilitiesReader(envelope).Read(ref json);
            envelope.ClientCapabilities = SpanFrom(start, ref json);
        }
        else if (json.ValueTextEquals("io.modelcontextprotocol/clientInfo"u8))
        {
            Once(ref seen, Info, "params._meta[\"io.modelcontextprotocol/clientInfo\"]", Refusal.InvalidMeta);
            var start = ObjectStart(ref json, "params._meta[\"io.modelcontextprotocol/clientInfo\"]");
            json.Skip();
            envelope.ClientInfo = SpanFrom(start, ref json);
        }
        else if (json.ValueTextEquals("io.modelcontextprotocol/logLevel"u8))
        {
            Once(ref seen, Level, "params._meta[\"io.modelcontextprotocol/logLevel\"]", Refusal.InvalidMeta);
            envelope.LogLevel = Text(ref json, "params._meta[\"io.modelcontextprotocol/logLevel\"]", null, Refusal.InvalidMeta);
        }
        else if (json.ValueTextEquals("progressToken"u8))
        {
            Once(ref seen, Token, "params._meta.progressToken", Refusal.InvalidMeta);
            envelope.ProgressToken = ReadToken(ref json);
        }
        else
        {
            // An escape may hide the name; whoever reads the options looks at all of it.
            envelope.HasCallOptions |= json.ValueIsEscaped || json.ValueSpan.StartsWith("actors/"u8);
            json.Read();
            json.Skip();
        }
    }

    private static JsonSpan ReadToken(ref Utf8JsonReader json)
    {
        json.Read();
        var isToken = json.TokenType == JsonTokenType.String
            || (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out _));
        if (!isToken)
            throw new RefusedException(Refusal.InvalidMeta, "params._meta.progressToken must be a string or an integer.");
        return SpanFrom((int)json.TokenStartIndex, ref json);
    }

    private static int ObjectStart(ref Utf8JsonReader json, string field)
    {
        json.Read();
        return json.TokenType == JsonTokenType.StartObject
            ? (int)json.TokenStartIndex
            : throw new RefusedException(Refusal.InvalidMeta, field + " must be an object.");
    }

    private static JsonSpan SpanFrom(int start, ref Utf8JsonReader json) => new(start, (int)json.BytesConsumed - start);

    private static string Text(ref Utf8JsonReader json, string field, string? likely, Refusal refusal)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
            throw new RefusedException(refusal, field + " must be a string.");
        return likely is not null && json.ValueTextEquals(likely) ? likely : json.GetString()!;
    }

    private static void Once(ref int seen, int flag, string field, Refusal refusal)
    {
        if ((seen & flag) != 0)
            throw new RefusedException(refusal, field + " appears twice.");
        seen |= flag;
    }
}
