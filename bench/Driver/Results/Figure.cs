using System.Text.Json.Serialization;

namespace Actors.Bench.Driver.Results;

/// <summary>One figure of a row: what somebody did, over all rounds, in one unit.</summary>
internal sealed record Figure
{
    /// <summary>What was done, with everything that a reader needs to do it again.</summary>
    public required string Work { get; init; }

    /// <summary>Who did it: the product, or what is measured beside it.</summary>
    public required string By { get; init; }

    public required string Unit { get; init; }

    public bool IsLessBetter { get; init; }

    /// <summary>In the order they were run.</summary>
    public required IReadOnlyList<double> Rounds { get; init; }

    [JsonPropertyOrder(1)]
    public double Median => Quantile.Median(Rounds);

    [JsonPropertyOrder(1)]
    public double Least => Rounds.Min();

    [JsonPropertyOrder(1)]
    public double Most => Rounds.Max();

    /// <summary>Over all rounds, where each piece of the work took a time of its own.</summary>
    public double? P50Ms { get; init; }

    public double? P99Ms { get; init; }

    /// <summary>How many times this figure the product's is; null for the product itself, and where there is no figure of it.</summary>
    public double? Ratio { get; init; }

    public Target? Target { get; init; }

    public IReadOnlyList<ProcessUse> Processes { get; init; } = [];

    public static Figure Of(string work, string by, string unit, params IReadOnlyList<double> rounds) =>
        new() { Work = work, By = by, Unit = unit, Rounds = rounds };
}
