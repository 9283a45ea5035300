using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.Demo;

/// <summary>What tasks/get answered.</summary>
internal sealed partial record TaskView(JsonObject Raw)
{
    public string Status => (string?)Raw["status"] ?? "";

    public string? StatusMessage => (string?)Raw["statusMessage"];

    public TimeSpan PollInterval => TimeSpan.FromMilliseconds((int?)Raw["pollIntervalMs"] ?? 1000);

    public bool IsTerminal => Status is "completed" or "failed" or "cancelled";

    /// <summary>The protocol has no field for progress in a task; the server says it in the status message.</summary>
    public FilesDone? Done => StatusMessage is { } message && Amount().Match(message) is { Success: true } match
        ? new(Number(match.Groups[1]), Number(match.Groups[2]))
        : null;

    public IndexReport? Report =>
        Raw["result"]?["structuredContent"].Deserialize<IndexReport>(JsonSerializerOptions.Web);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+) of (\d+)")]
    private static partial Regex Amount();
}
