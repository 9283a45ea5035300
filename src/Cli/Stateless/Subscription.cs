using System.Buffers;
using System.Text.Json;
using Actors.Cli.Messages;

namespace Actors.Cli.Stateless;

/// <summary>What one subscriptions/listen has come to.</summary>
/// <param name="id">The request's id, JSON: the subscription's, too.</param>
internal sealed class Subscription(byte[] id)
{
    private static readonly (string Filter, string Method)[] Lists =
    [
        ("toolsListChanged", "notifications/tools/list_changed"),
        ("promptsListChanged", "notifications/prompts/list_changed"),
        ("resourcesListChanged", "notifications/resources/list_changed"),
    ];

    private bool _isAcknowledged;

    /// <summary>The response with which the server has ended it gracefully; null: it has not.</summary>
    public ReadOnlyMemory<byte>? Ended { get; set; }

    public void Begin() => Ended = null;

    /// <summary>Whether the host has not seen an acknowledgement yet.</summary>
    public bool Acknowledge()
    {
        var isFirst = !_isAcknowledged;
        _isAcknowledged = true;
        return isFirst;
    }

    /// <summary>
    /// What the server would have told if anything changed while nobody listened, as notifications: they are hints to look
    /// again, and one too many costs a look.
    /// </summary>
    public IEnumerable<byte[]> HintsAfterGap(Message acknowledgement)
    {
        using var document = JsonDocument.Parse(acknowledgement.Bytes);
        if (!document.RootElement.TryGetProperty("params", out var parameters)
            || !parameters.TryGetProperty("notifications", out var filter) || filter.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var (member, method) in Lists)
        {
            if (filter.TryGetProperty(member, out var isWanted) && isWanted.ValueKind == JsonValueKind.True)
                yield return Write(method, null);
        }
        if (!filter.TryGetProperty("resourceSubscriptions", out var uris) || uris.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var uri in uris.EnumerateArray().Where(uri => uri.ValueKind == JsonValueKind.String))
            yield return Write("notifications/resources/updated", uri.GetString());
    }

    private byte[] Write(string method, string? uri)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteString("method", method);
        json.WriteStartObject("params");
        json.WriteStartObject("_meta");
        json.WritePropertyName("io.modelcontextprotocol/subscriptionId");
        json.WriteRawValue(id, skipInputValidation: true);
        json.WriteEndObject();
        if (uri is not null)
            json.WriteString("uri", uri);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
