namespace Actors.Bench.Simulation.Engine;

/// <summary>How many of something were done, and how long each took.</summary>
internal sealed class Tally(Timeline timeline)
{
    private readonly List<double> _tookUs = [];
    private double _sinceUs;

    public int Count => _tookUs.Count;

    public double PerSecond => Count / (timeline.NowUs - _sinceUs) * 1_000_000;

    public double MeanUs => _tookUs.Count > 0 ? _tookUs.Average() : 0;

    /// <summary>Counts from now until what it returns is called, which then goes on with <paramref name="then"/>.</summary>
    public Action Time(Action then)
    {
        var beganUs = timeline.NowUs;
        return () =>
        {
            _tookUs.Add(timeline.NowUs - beganUs);
            then();
        };
    }

    public double PercentileMs(double share)
    {
        if (_tookUs.Count == 0)
            return 0;
        var sorted = _tookUs.Order().ToArray();
        return sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)] / 1000;
    }

    /// <summary>Forgets what was before: the warm-up.</summary>
    public void Restart()
    {
        _tookUs.Clear();
        _sinceUs = timeline.NowUs;
    }
}
