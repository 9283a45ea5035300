namespace Actors.Bench.Simulation.Engine;

/// <summary>How much of something that is limited was in use, over time.</summary>
/// <param name="timeline">The time.</param>
/// <param name="name">What it is, as tables show it.</param>
/// <param name="capacity">How much there is of it.</param>
internal sealed class Meter(Timeline timeline, string name, double capacity)
{
    private double _inUse;
    private double _usedUs;
    private double _changedAtUs;
    private double _sinceUs;

    public string Name => name;

    public double Capacity => capacity;

    /// <summary>On the average since the last <see cref="Restart"/>.</summary>
    public double MeanInUse => timeline.NowUs > _sinceUs ? (_usedUs + Pending) / (timeline.NowUs - _sinceUs) : 0;

    /// <summary>From 0 to 1.</summary>
    public double Share => capacity > 0 ? MeanInUse / capacity : 0;

    private double Pending => _inUse * (timeline.NowUs - _changedAtUs);

    public void Change(double by)
    {
        _usedUs += Pending;
        _changedAtUs = timeline.NowUs;
        _inUse += by;
    }

    /// <summary>Forgets what was before: the warm-up.</summary>
    public void Restart() => (_usedUs, _changedAtUs, _sinceUs) = (0, timeline.NowUs, timeline.NowUs);
}
