using System.Text.Json;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>
/// <c>_meta["io.modelcontextprotocol/subscriptionId"]</c>: the listen request's id, on every message of its stream.
/// </summary>
internal static class SubscriptionMeta
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> id)
    {
        writer.WriteStartObject(WireNames.Meta);
        writer.WritePropertyName(WireNames.SubscriptionId);
        writer.WriteRawValue(id, skipInputValidation: true);
        writer.WriteEndObject();
    }
}
