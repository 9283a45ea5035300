using System.Text.Json;
using Actors.Fuzz.Tests.Requests;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>What a request says, to one who reads it as RFC 8259 and JSON-RPC have it.</summary>
/// <param name="IsBatch">It is an array.</param>
/// <param name="Ids">The ids, as JSON; empty text where one cannot be read.</param>
/// <param name="Method">The method of a single message.</param>
/// <param name="TaskId"><c>params.taskId</c>.</param>
/// <param name="RequestState"><c>params.requestState</c>.</param>
/// <param name="NamesModern">Whether <c>_meta</c> names a protocol version.</param>
internal sealed record Sent(bool IsBatch, IReadOnlyList<string> Ids, string? Method, string? TaskId, string? RequestState, bool NamesModern)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    private static readonly Sent Nothing = new(false, [], null, null, null, false);

    public static Sent Read(Shot shot)
    {
        try
        {
            using var body = JsonDocument.Parse(shot.Body, Strict);
            var message = body.RootElement;
            if (message.ValueKind == JsonValueKind.Array)
                return Nothing with { IsBatch = true, Ids = [.. message.EnumerateArray().SelectMany(IdsIn)] };
            if (message.ValueKind != JsonValueKind.Object)
                return Nothing;
            var parameters = message.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
            return new Sent(
                false,
                [.. message.EnumerateObject().Where(member => member.NameEquals("id")).Select(member => IdOf(member.Value) ?? "")],
                Text(message, "method"),
                Text(parameters, "taskId"),
                Text(parameters, "requestState"),
                parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("_meta", out var meta)
                    && Text(meta, "io.modelcontextprotocol/protocolVersion") is not null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or with half a surrogate pair in it: nothing can be read for sure.
            return Nothing;
        }
    }

    // Twice is none, and each of them.
    private static IEnumerable<string> IdsIn(JsonElement message) => message.ValueKind == JsonValueKind.Object
        ? message.EnumerateObject().Where(member => member.NameEquals("id")).Select(member => IdOf(member.Value)).OfType<string>()
        : [];

    /// <summary>The id of a message, in one spelling; null: it has none.</summary>
    public static string? IdIn(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("id", out var id) ? IdOf(id) : null;

    private static string? IdOf(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => JsonSerializer.Serialize(id.GetString()),
        JsonValueKind.Number when id.TryGetInt64(out _) => id.GetRawText(),
        _ => null,
    };

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
