using System.Text.Json;
using Actors.Jobs;
using Actors.Storage;

namespace Actors.Grains.Jobs;

/// <summary>Names a question in a sentence.</summary>
internal static class QuestionWords
{
    private const int MaxMessageChars = 200;

    /// <summary>For example <c>"input-1" (Delete the file?)</c>.</summary>
    public static string Of(InputRequest question) => $"\"{question.Key}\" ({Message(question) ?? question.Method})";

    private static string? Message(InputRequest question)
    {
        if (question.Params is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(question.Params);
        return json.RootElement is { ValueKind: JsonValueKind.Object } parameters
            && parameters.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String
                ? Beginning.WithEllipsis(message.GetString()!, MaxMessageChars)
                : null;
    }
}
