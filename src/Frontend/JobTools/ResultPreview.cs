using System.Text.Json;
using Actors.Storage;

namespace Actors.Frontend.JobTools;

/// <summary>The beginning of a tool's result: enough to see what it is, and no more.</summary>
internal static class ResultPreview
{
    /// <summary>Null where there is no text to show.</summary>
    public static string? Of(byte[]? result, int maxChars)
    {
        if (result is null)
            return null;
        using var document = JsonDocument.Parse(result);
        if (!document.RootElement.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var block in content.EnumerateArray())
        {
            if (block.TryGetProperty("text", out var text) && text.GetString() is { Length: > 0 } value)
                return value.Length <= maxChars ? value : $"{Beginning.Of(value, maxChars)}… ({value.Length} characters)";
        }
        return null;
    }
}
