namespace Actors.Bench.Driver.Results;

/// <summary>What design.md asks of a figure, or of the product's ratio to it.</summary>
internal sealed record Target
{
    public required double Value { get; init; }

    public required bool IsRatio { get; init; }

    public required bool IsReached { get; init; }

    public static Target AtLeast(double value, double measured) => new() { Value = value, IsRatio = false, IsReached = measured >= value };

    public static Target AtMost(double value, double measured) => new() { Value = value, IsRatio = false, IsReached = measured <= value };

    public static Target RatioAtLeast(double value, double ratio) => new() { Value = value, IsRatio = true, IsReached = ratio >= value };

    public static Target RatioAtMost(double value, double ratio) => new() { Value = value, IsRatio = true, IsReached = ratio <= value };
}
