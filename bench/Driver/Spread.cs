using System.Globalization;

namespace Actors.Bench.Driver;

/// <summary>The median of a figure over rounds, and how far the rounds lay apart.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        return new Spread(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median,7:N2} ({Least:N2} to {Most:N2})");
}
