using System.Collections.Immutable;
using System.Text.Json;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>A job's open question, as a model can understand and answer it.</summary>
internal static class QuestionText
{
    public static string Of(InputRequest question)
    {
        if (question.Params is null)
            return question.Method + ".";
        using var document = JsonDocument.Parse(question.Params);
        var parameters = document.RootElement;
        var message = parameters.TryGetProperty("message", out var text) ? text.GetString() : question.Method;
        return parameters.TryGetProperty("requestedSchema", out var schema)
            ? !HasMembers(schema) ? $"{message} Accept or decline; no content is needed." : $"{message} The answer's content must fit {schema.GetRawText()}."
            : $"{message}.";
    }

    /// <summary>Whether an answer that accepts must hold anything.</summary>
    public static bool AsksForContent(InputRequest question)
    {
        if (question.Params is null)
            return false;
        using var document = JsonDocument.Parse(question.Params);
        return document.RootElement.TryGetProperty("requestedSchema", out var schema) && HasMembers(schema);
    }

    private static bool HasMembers(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any();

    public static void Write(Utf8JsonWriter writer, ImmutableArray<InputRequest> questions)
    {
        writer.WriteStartArray("questions");
        foreach (var question in questions)
        {
            writer.WriteStartObject();
            writer.WriteString("key", question.Key);
            writer.WriteString("method", question.Method);
            if (question.Params is not null)
            {
                writer.WritePropertyName("params");
                writer.WriteRawValue(question.Params, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
