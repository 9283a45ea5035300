namespace Actors.Bench.Driver;

/// <summary>What a load came to, over all its rounds.</summary>
internal sealed class Figures
{
    private readonly List<double> _ratesPerSecond = [];
    private TimeSpan _cpu;
    private long _done;

    public Latencies Latencies { get; } = new();

    /// <summary>Answers that were not what was asked for; a run with any is void.</summary>
    public long Errors { get; private set; }

    /// <summary>The median of the rounds, which one round with a neighbour's noise in it does not move.</summary>
    public double PerSecond => _ratesPerSecond.Order().ElementAt(_ratesPerSecond.Count / 2);

    public string Rounds => string.Join(" ", _ratesPerSecond.Select(rate => $"{rate:N0}"));

    /// <summary>Processor time of the server's process for each request, which a busy machine moves less than the rate; 0 where it was not taken.</summary>
    public double CpuUsPerRequest => _done == 0 ? 0 : _cpu.TotalMicroseconds / _done;

    public void Add(long done, long errors, TimeSpan took, Latencies latencies, TimeSpan cpu = default)
    {
        _done += done;
        _cpu += cpu;
        _ratesPerSecond.Add(done / took.TotalSeconds);
        Errors += errors;
        Latencies.Add(latencies);
    }
}
