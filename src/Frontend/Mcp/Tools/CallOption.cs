using System.Globalization;
using System.Text.Json;
using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>One member of a call's <c>params._meta</c>, or of an object in it, and what is said where it is not as it must be.</summary>
/// <param name="Name">The member of <c>_meta</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Within">Where in it the value is (<c>.backoff</c>); null: it is the option itself.</param>
internal readonly record struct CallOption(string Name, JsonElement Value, string? Within = null)
{
    private static readonly string[] Times =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    public RefusedException Invalid(string problem) =>
        new(Refusal.InvalidParams, $"params._meta[\"{Name}\"]{Within} {problem}.");

    public long Integer(long min, long max) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number) && number >= min && number <= max
            ? number
            : throw Invalid($"must be an integer from {min} to {max}");

    public double Number(double min, double max) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && number >= min && number <= max
            ? number
            : throw Invalid(string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}"));

    /// <summary>A time as RFC 3339 has it, with its offset: nobody knows what a caller's local time is.</summary>
    public DateTimeOffset Time() =>
        Value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParseExact(
            Value.GetString()!.ToUpperInvariant(), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw Invalid("must be a time such as \"2026-07-28T09:30:00Z\" (RFC 3339, with its offset)");
}
