using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Actors.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>A job whose result is as long as it is told to be.</summary>
[McpServerToolType]
public static class LongResultJob
{
    [McpServerTool(Name = "long_result"), Job(PollIntervalMs = 100), Description("Returns a long text, and structured content.")]
    public static CallToolResult Return(int textChars, int structuredChars = 0) => new()
    {
        Content = [new TextContentBlock { Text = Text(textChars) }],
        StructuredContent = structuredChars == 0 ? null : JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["filler"] = new('s', structuredChars) }),
    };

    public static string Text(int chars)
    {
        var text = new StringBuilder(chars + 20);
        for (var line = 1; text.Length < chars; line++)
            text.Append("Zeile ").Append(line).Append(" – größer\n");
        return text.ToString(0, chars);
    }
}
