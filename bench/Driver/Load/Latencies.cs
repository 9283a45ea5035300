using System.Diagnostics;

namespace Actors.Bench.Driver.Load;

/// <summary>How long requests took, in steps of 10 µs up to one second; the last step holds what took longer.</summary>
internal sealed class Latencies
{
    private const int StepUs = 10;
    private readonly long[] _counts = new long[100_001];

    public long Count { get; private set; }

    public void Add(long ticks)
    {
        var us = ticks * 1_000_000 / Stopwatch.Frequency;
        _counts[Math.Min(us / StepUs, _counts.Length - 1)]++;
        Count++;
    }

    public void Add(Latencies other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>Milliseconds that this share of the requests took at most; 0 where there are none.</summary>
    public double PercentileMs(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length && wanted > 0; i++)
        {
            if ((seen += _counts[i]) >= wanted)
                return (i + 1) * StepUs / 1000.0;
        }
        return 0;
    }
}
