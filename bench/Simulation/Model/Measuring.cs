using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>How long a run is watched: a warm-up first, and each part until enough was done and enough time is over.</summary>
internal sealed record Measuring
{
    private const double SecondUs = 1_000_000;
    private const double StepUs = 10_000;

    public required double WarmupSeconds { get; init; }

    public int WarmupCount { get; init; }

    public required double Seconds { get; init; }

    public int Count { get; init; }

    /// <summary>Of each part: what is slow is not waited for.</summary>
    public double MostSeconds { get; init; } = 8;

    public void Run(Timeline timeline, IEnumerable<Meter> meters, Tally done, Tally waited)
    {
        Run(timeline, done, WarmupSeconds, WarmupCount);
        foreach (var meter in meters)
            meter.Restart();
        done.Restart();
        waited.Restart();
        Run(timeline, done, Seconds, Count);
    }

    private void Run(Timeline timeline, Tally done, double seconds, int count)
    {
        var began = timeline.NowUs;
        while (timeline.NowUs - began is var us && us < MostSeconds * SecondUs && (us < seconds * SecondUs || done.Count < count))
            timeline.RunFor(StepUs);
    }
}
