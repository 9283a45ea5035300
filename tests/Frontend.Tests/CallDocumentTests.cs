using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The examples of docs/calls.md, sent as they are there, from top to bottom.</summary>
public sealed partial class CallDocumentTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_example_is_answered_as_the_page_says()
    {
        var wire = server.WireWith((await server.CreateKeyAsync("acme", "reader", Token)).Key);
        var page = await File.ReadAllTextAsync(PathOf("docs/calls.md"), Token);
        // On the page, a day soon after its examples; here, one that is not over yet.
        page = page.Replace("2026-10-01T06:00:00+02:00", TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var requests = 0;
        foreach (Match example in Example().Matches(page))
        {
            var request = wire.Request("tools/call", JsonNode.Parse(example.Groups["request"].Value)!.AsObject(), Wire.Tasks);
            var expected = JsonElement.Parse(example.Groups["answer"].Value);

            var reply = await wire.SendAsync(request, Token);

            AssertHolds(expected, expected.TryGetProperty("error", out _) ? reply.Message : reply.Result, reply.Text);
            requests++;
        }

        Assert.Equal(9, requests);
    }

    /// <summary>Every member of the one is in the other; an ellipsis is any text.</summary>
    private static void AssertHolds(JsonElement expected, JsonElement actual, string reply)
    {
        if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
                AssertHolds(member.Value, actual.TryGetProperty(member.Name, out var value) ? value : default, reply);
        }
        else if (expected.ValueKind == JsonValueKind.String)
        {
            var pattern = $"^{Regex.Escape(expected.GetString()!).Replace("…", ".+", StringComparison.Ordinal)}$";
            Assert.True(actual.ValueKind == JsonValueKind.String && Regex.IsMatch(actual.GetString()!, pattern), $"{pattern} in {reply}");
        }
        else
        {
            Assert.True(JsonElement.DeepEquals(expected, actual), $"{expected} in {reply}");
        }
    }

    private static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, file)))
            folder = folder.Parent ?? throw new FileNotFoundException(file);
        return Path.Combine(folder.FullName, file);
    }

    [GeneratedRegex("```json request\n(?<request>.*?)\n```\n```json answer\n(?<answer>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
