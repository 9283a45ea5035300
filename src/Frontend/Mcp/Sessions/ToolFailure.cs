using System.Text.Json;
using Actors.Storage;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// A tool's own failure, which ended its job with a result that says isError. For revision 2025-11-25 such a task has failed (Tasks,
/// Task Status), for the extension it is completed.
/// </summary>
internal static class ToolFailure
{
    /// <summary>What is said of it where the result is not at hand.</summary>
    public const string Unspecified = "The tool failed.";

    private const int MaxMessageChars = 500;

    /// <param name="result">A CallToolResult; null: there is none.</param>
    /// <returns>Null: it did not fail. Otherwise what it says of it.</returns>
    public static string? Read(byte[]? result)
    {
        if (result is null || !IsError(result))
            return null;
        using var document = JsonDocument.Parse(result);
        var text = document.RootElement.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Select(TextOf).FirstOrDefault(static each => each is not null)
            : null;
        return text is null ? Unspecified : Beginning.WithEllipsis(text, MaxMessageChars);
    }

    // Most results are large and no failures: this reads no more than it has to, and keeps nothing.
    private static bool IsError(byte[] result)
    {
        var json = new Utf8JsonReader(result);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals("isError"u8);
            json.Read();
            if (isIt)
                return json.TokenType == JsonTokenType.True;
            json.Skip();
        }
        return false;
    }

    private static string? TextOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
