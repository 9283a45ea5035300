using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>What an error says is for its reader, not about our insides.</summary>
internal static partial class WordsCheck
{
    public static IEnumerable<string> Find(Exchange exchange)
    {
        foreach (var message in exchange.Messages)
        {
            if (!IsError(message))
                continue;
            if (Insides().Match(message) is { Success: true } match)
                yield return $"an error that speaks of '{match.Value}'";
            if (message.Contains("failed to serve this request", StringComparison.Ordinal))
                yield return "a failure that nobody expected";
        }
    }

    private static bool IsError(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 256 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && (root.TryGetProperty("error", out _)
                || (root.TryGetProperty("result", out var result) && result.ValueKind == JsonValueKind.Object
                    && result.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("""\\n\s+at |   at [A-Z]\w+\.|\.cs:line|\w+Exception\b|\bSystem\.[A-Z]|\bNpgsql|\bOrleans\b|\bMicrosoft\.|\bActors\.[A-Z]|\bSELECT |\bINSERT INTO|\bUPDATE \w+ SET|relation \\u0022|SQLSTATE|\b22P0\d|\b2350\d|Host=|Password=|Username=|/tmp/|/home/|Grain\b|actors_[0-9a-z]{8}""")]
    private static partial Regex Insides();
}
