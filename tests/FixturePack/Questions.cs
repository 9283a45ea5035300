using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace Actors.FixturePack;

/// <summary>What the fixtures ask of a client, and how they read the answers.</summary>
internal static class Questions
{
    public const string UserName = "user_name";

    public static ElicitRequestParams Name(string message = "What is your name?") =>
        Form(message, "name", new ElicitRequestParams.StringSchema { Title = "Name" });

    public static ElicitRequestParams Confirmation(string message) =>
        Form(message, "confirm", new ElicitRequestParams.BooleanSchema { Title = "Confirm" });

    public static ElicitRequestParams Form(
        string message, string property, ElicitRequestParams.PrimitiveSchemaDefinition schema) => new()
        {
            Message = message,
            RequestedSchema = new() { Properties = { [property] = schema }, Required = [property] },
        };

    public static CreateMessageRequestParams Sampling(string prompt) => new()
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = 100,
    };

    /// <summary>A text field of an accepted answer; null where the answer is missing, refused or of another shape.</summary>
    public static string? Accepted(RequestParams parameters, string key, string property)
    {
        var answer = Answer(parameters, key);
        return answer is { } given
            && given.TryGetProperty("action", out var action) && action.ValueEquals("accept")
            && given.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object
            && content.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
    }

    /// <summary>The answer under a key; null where it is missing or not an object.</summary>
    public static JsonElement? Answer(RequestParams parameters, string key) =>
        parameters.InputResponses is { } responses
        && responses.TryGetValue(key, out var response) && response.RawValue.ValueKind == JsonValueKind.Object
            ? response.RawValue
            : null;
}
