using System.Text.Json;
using Actors.Cli.Messages;

namespace Actors.Cli.Sessions;

/// <summary>What the answer to initialize says.</summary>
internal static class InitializeResult
{
    /// <summary>Null: it is an error, or no such answer.</summary>
    public static string? VersionOf(Message answer)
    {
        using var document = JsonDocument.Parse(answer.Bytes, new JsonDocumentOptions { MaxDepth = 256 });
        return document.RootElement.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
            && result.TryGetProperty("protocolVersion", out var version) && version.ValueKind == JsonValueKind.String
                ? version.GetString()
                : null;
    }
}
