using System.Text;
using System.Text.Json;

namespace Actors.Silo.FollowUps;

/// <summary>What can be read of a tool's result.</summary>
internal static class ResultText
{
    /// <summary>Its text blocks, one after the other.</summary>
    public static string Of(JsonElement result)
    {
        var text = new StringBuilder();
        if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
            return "";
        foreach (var block in content.EnumerateArray())
        {
            if (!block.TryGetProperty("text", out var part) || part.ValueKind != JsonValueKind.String)
                continue;
            if (text.Length > 0)
                text.Append('\n');
            text.Append(part.GetString());
        }

        return text.ToString();
    }
}
