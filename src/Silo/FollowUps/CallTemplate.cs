using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Jobs;

namespace Actors.Silo.FollowUps;

/// <summary>
/// Arguments with places for what a job has left. A string that is nothing but <c>{{result}}</c> or <c>{{result.structured}}</c> becomes that JSON; within
/// any string <c>{{result.text}}</c>, <c>{{jobId}}</c>, <c>{{tool}}</c>, <c>{{status}}</c> and <c>{{error}}</c> become that text.
/// </summary>
internal sealed class CallTemplate
{
    private readonly JsonElement _result;
    private readonly (string Place, string Text)[] _texts;

    private CallTemplate(JobSnapshot job, JsonElement result)
    {
        _result = result;
        _texts =
        [
            ("{{jobId}}", job.Id), ("{{tool}}", job.Tool), ("{{status}}", EndedStatus.Of(job)), ("{{error}}", ErrorOf(job)),
            // Last: what a tool has written is not looked through for places.
            ("{{result.text}}", ResultText.Of(result)),
        ];
    }

    /// <summary>Whether there is a place for the result, in one of its forms.</summary>
    public static bool WantsResult(JsonElement arguments) => arguments.ValueKind switch
    {
        JsonValueKind.Object => arguments.EnumerateObject().Any(member => WantsResult(member.Value)),
        JsonValueKind.Array => arguments.EnumerateArray().Any(WantsResult),
        JsonValueKind.String => arguments.GetString()!.Contains("{{result", StringComparison.Ordinal),
        _ => false,
    };

    public static JsonNode Fill(JsonElement arguments, JobSnapshot job)
    {
        using var result = job.Result is { } stored ? JsonDocument.Parse(stored) : null;
        return new CallTemplate(job, result?.RootElement ?? default).Filled(arguments)!;
    }

    private JsonNode? Filled(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Filled(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Filled)]),
        JsonValueKind.String => Filled(value.GetString()!),
        _ => Copy(value),
    };

    private JsonNode? Filled(string text) => text switch
    {
        "{{result}}" => Copy(_result),
        "{{result.structured}}" => _result.ValueKind == JsonValueKind.Object && _result.TryGetProperty("structuredContent", out var structure) ? Copy(structure) : null,
        _ => JsonValue.Create(text.Contains("{{", StringComparison.Ordinal)
            ? _texts.Aggregate(text, (filled, place) => filled.Replace(place.Place, place.Text, StringComparison.Ordinal))
            : text),
    };

    private static JsonNode? Copy(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : JsonNode.Parse(value.GetRawText());

    private static string ErrorOf(JobSnapshot job) => job.Error?.Message ?? (job.Status is JobStatus.Completed ? "" : job.StatusMessage ?? "");
}
