using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Frontend.Mcp.Calls;

/// <summary>
/// What a client says of itself is read whole by the silo that runs the call; here it is made sure that it can be, while the
/// client can still be told.
/// </summary>
internal static class ClientDeclarations
{
    private static readonly JsonTypeInfo<ClientCapabilities> Capabilities = Of<ClientCapabilities>();
    private static readonly JsonTypeInfo<Implementation> Info = Of<Implementation>();

    // What passed last: a client says the same of itself on each of its calls. Whole arrays are swapped, so a race costs a look.
    private static byte[] lastCapabilities = [];
    private static byte[] lastInfo = [];

    /// <exception cref="RefusedException">A field of <c>_meta</c> has not the form that the schema gives it.</exception>
    public static void Check(McpRequest request)
    {
        // A session's were checked when it began.
        if (!request.IsLegacy)
            Check(
                request.ClientCapabilities,
                request.ClientInfo,
                "params._meta[\"io.modelcontextprotocol/clientCapabilities\"]",
                "params._meta[\"io.modelcontextprotocol/clientInfo\"]",
                Refusal.InvalidMeta);
    }

    /// <exception cref="RefusedException">One of them has not the form that the schema gives it.</exception>
    public static void Check(byte[] capabilities, byte[]? info, string capabilitiesField, string infoField, Refusal refusal)
    {
        Check(capabilities, ref lastCapabilities, Capabilities, capabilitiesField, refusal);
        if (info is not null)
            Check(info, ref lastInfo, Info, infoField, refusal);
    }

    private static void Check<T>(byte[] utf8, ref byte[] last, JsonTypeInfo<T> type, string field, Refusal refusal)
    {
        if (utf8.AsSpan().SequenceEqual(last))
            return;
        try
        {
            JsonSerializer.Deserialize(utf8, type);
            last = utf8;
        }
        catch (JsonException e)
        {
            throw new RefusedException(
                refusal,
                $"{field} is malformed at '{e.Path}'; it must have the form of the schema's {typeof(T).Name}.");
        }
    }

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
