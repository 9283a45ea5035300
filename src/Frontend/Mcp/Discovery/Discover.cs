using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Discovery;

/// <summary><c>server/discover</c>: what this server speaks and offers. The same for everyone, so it is public and encoded once.</summary>
internal sealed class Discover(ServerIdentity identity) : McpMethod
{
    private const long TtlMs = 3_600_000;

    private readonly byte[] _result = Encode(identity);

    public override string Name => "server/discover";

    public override bool IsModern => true;

    public override bool ReadsParams => false;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var json = JsonBuffer.Rent();
        ResultResponse.BeginMessage(json.Writer, request.Id);
        json.Writer.WriteRawValue(_result, skipInputValidation: true);
        json.Writer.WriteEndObject();
        await request.AnswerAsync(json);
    }

    private static byte[] Encode(ServerIdentity identity)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString(WireNames.ResultType, WireNames.Complete);
        writer.WriteStartArray("supportedVersions");
        foreach (var revision in Revisions.All)
            writer.WriteStringValue(revision);
        writer.WriteEndArray();
        writer.WritePropertyName("capabilities");
        WriteCapabilities(writer);
        writer.WriteString("instructions", Instructions.WithTasks);
        writer.WriteNumber(WireNames.TtlMs, TtlMs);
        writer.WriteString(WireNames.CacheScope, CachingHints.Public);
        identity.WriteMeta(writer);
        writer.WriteEndObject();
        return json.Written.ToArray();
    }

    // The tasks extension is advertised as exactly {}: clients take any setting inside it for something they do not know.
    private static void WriteCapabilities(Utf8JsonWriter writer) => writer.WriteRawValue(
        """
        {"tools":{"listChanged":true},"prompts":{"listChanged":true},"resources":{"listChanged":true,"subscribe":true},"completions":{},"logging":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}
        """u8,
        skipInputValidation: true);
}
