using System.Text.Json;
using Actors.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Whether an answer has the form its question asks for, so that a tool is never woken with something else.</summary>
public static class AnswerCheck
{
    /// <summary>One sentence on what is wrong with the answer, or null.</summary>
    public static string? Fault(InputRequest question, byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind is not JsonValueKind.Object
                ? $"The answer to '{question.Key}' must be a JSON object."
                : question.Method switch
                {
                    "elicitation/create" when !HasAction(json.RootElement) =>
                        $"The answer to '{question.Key}' needs an action: accept, decline or cancel.",
                    "sampling/createMessage" when !Has(json.RootElement, "content") || !Has(json.RootElement, "role") =>
                        $"The answer to '{question.Key}' needs a role and content.",
                    "roots/list" when !Has(json.RootElement, "roots", JsonValueKind.Array) =>
                        $"The answer to '{question.Key}' needs a list of roots.",
                    _ => null,
                };
        }
        catch (JsonException)
        {
            return $"The answer to '{question.Key}' is not JSON.";
        }
    }

    private static bool HasAction(JsonElement answer) =>
        Has(answer, "action", JsonValueKind.String) &&
        answer.GetProperty("action").GetString() is "accept" or "decline" or "cancel" &&
        (!answer.TryGetProperty("content", out var content) ||
            content.ValueKind is JsonValueKind.Object or JsonValueKind.Null);

    private static bool Has(JsonElement answer, string name, JsonValueKind? kind = null) =>
        answer.TryGetProperty(name, out var value) && (kind is null || value.ValueKind == kind);
}
