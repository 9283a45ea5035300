using System.Collections.Immutable;
using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Rounds;

/// <summary>
/// Reads <c>inputResponses</c> (revision 2026-07-28, MRTR, Error Handling). Whether an answer fits its question is checked
/// where the question is known: in the job's grain, or when the tool asks it again.
/// </summary>
internal static class InputAnswers
{
    /// <summary>The answers, whatever they are to; null where the request brought none.</summary>
    public static ImmutableArray<InputResponse>? Read(JsonElement parameters, AnswerChannel through)
    {
        if (ParamsDocument.OptionalObject(parameters, "inputResponses") is not { } responses)
            return null;
        var answers = ImmutableArray.CreateBuilder<InputResponse>();
        foreach (var response in responses.EnumerateObject())
        {
            if (response.Value.ValueKind != JsonValueKind.Object)
                throw Invalid(response.Name, "must be an object: the ElicitResult, CreateMessageResult or ListRootsResult");
            answers.Add(new InputResponse(response.Name, JsonSerializer.SerializeToUtf8Bytes(response.Value, JsonElements.Default.JsonElement))
            {
                Through = through,
            });
        }
        return answers.ToImmutable();
    }

    private static RefusedException Invalid(string key, string expected) =>
        new(Refusal.InvalidParams, $"params.inputResponses[\"{key}\"] {expected}.");
}
