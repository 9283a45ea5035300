using System.Diagnostics;

namespace Actors.Bench.GrainCalls;

/// <summary>Latencies in steps of 100 ns up to 2 ms; what took longer counts as 2 ms.</summary>
internal sealed class Histogram
{
    private const int Steps = 20_000;

    private readonly long[] _counts = new long[Steps + 1];

    public long Total { get; private set; }

    public static Histogram Sum(IEnumerable<Histogram> histograms)
    {
        var sum = new Histogram();
        foreach (var histogram in histograms)
        {
            for (var i = 0; i <= Steps; i++) sum._counts[i] += histogram._counts[i];
            sum.Total += histogram.Total;
        }

        return sum;
    }

    public void Add(long timestampTicks)
    {
        var step = timestampTicks * 10_000_000 / Stopwatch.Frequency;
        _counts[Math.Min(step, Steps)]++;
        Total++;
    }

    public double Microseconds(double quantile)
    {
        var left = (long)(Total * quantile);
        for (var i = 0; i <= Steps; i++)
        {
            left -= _counts[i];
            if (left < 0) return (i + 1) / 10.0;
        }

        return Steps / 10.0;
    }
}
