using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>
/// <c>_meta["io.modelcontextprotocol/serverInfo"]</c>, which every result should carry (revision 2026-07-28, Per-response
/// protocol fields), encoded once.
/// </summary>
internal sealed class ServerIdentity
{
    public ServerIdentity(IOptions<McpOptions> options)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("name", options.Value.ServerName);
        json.Writer.WriteString("title", options.Value.ServerTitle);
        json.Writer.WriteString("version", options.Value.ServerVersion);
        json.Writer.WriteEndObject();
        Info = json.Written.ToArray();
        Meta = [.. "{\"io.modelcontextprotocol/serverInfo\":"u8, .. Info, (byte)'}'];
        JoinedMeta = [.. "{\"io.modelcontextprotocol/serverInfo\":"u8, .. Info, .. ",\"actors/joined\":true}"u8];
    }

    /// <summary>UTF-8 JSON of the Implementation.</summary>
    public byte[] Info { get; }

    /// <summary>UTF-8 JSON of a <c>_meta</c> that holds nothing else.</summary>
    public byte[] Meta { get; }

    /// <summary>The same, and that the call has joined an earlier one's job.</summary>
    public byte[] JoinedMeta { get; }

    public static ReadOnlySpan<byte> Key => "io.modelcontextprotocol/serverInfo"u8;

    public void WriteMeta(Utf8JsonWriter writer, bool isJoined = false)
    {
        writer.WritePropertyName(WireNames.Meta);
        writer.WriteRawValue(isJoined ? JoinedMeta : Meta, skipInputValidation: true);
    }
}
