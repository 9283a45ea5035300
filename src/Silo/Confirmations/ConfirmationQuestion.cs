using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Grains.Jobs;
using Actors.Silo.Packs;
using Actors.Storage;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Confirmations;

/// <summary>The question whether a tool may run, and the reading of its answer.</summary>
internal static class ConfirmationQuestion
{
    public static InputQuestion Of(LoadedTool tool, byte[] sent, int maxArgumentChars)
    {
        var why = tool.Tool.ProtocolTool.Annotations?.DestructiveHint is true ? "It may destroy something." : "It is confirmed before every call.";
        var parameters = new JsonObject
        {
            ["message"] = $"Run '{tool.Name}'? {why} {Arguments(sent, maxArgumentChars)}",
            ["requestedSchema"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() },
        };
        return new InputQuestion(QuestionBook.ConfirmationKey, RequestMethods.ElicitationCreate, JsonSerializer.SerializeToUtf8Bytes(parameters));
    }

    public static bool IsAccepted(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.ValueKind is JsonValueKind.Object
            && json.RootElement.TryGetProperty("action", out var action) && action.ValueEquals("accept");
    }

    private static string Arguments(byte[] sent, int maxChars)
    {
        using var json = JsonDocument.Parse(sent);
        if (!json.RootElement.TryGetProperty("arguments", out var arguments) || arguments.ValueKind is not JsonValueKind.Object
            || !arguments.EnumerateObject().Any())
        {
            return "It has no arguments.";
        }

        var text = arguments.GetRawText();
        return text.Length <= maxChars ? $"Its arguments: {text}" : $"Its arguments begin: {Beginning.Of(text, maxChars)}…";
    }
}
