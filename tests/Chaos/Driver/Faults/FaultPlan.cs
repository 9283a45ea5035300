namespace Actors.Chaos.Driver.Faults;

/// <summary>Which fault comes next, how long it lasts, and what is left in peace after it: all from the seed.</summary>
internal sealed class FaultPlan(int seed, IReadOnlyList<FaultKind> kinds)
{
    private readonly Random _random = new(seed);
    private readonly Queue<FaultKind> _bag = [];

    /// <summary>Every kind comes once before any comes again.</summary>
    public PlannedFault Next()
    {
        if (_bag.Count == 0)
        {
            var shuffled = kinds.ToArray();
            _random.Shuffle(shuffled);
            foreach (var next in shuffled)
                _bag.Enqueue(next);
        }

        var kind = _bag.Dequeue();
        return new PlannedFault(kind, _random.Next(), Seconds(DurationOf(kind)), Seconds((1, 6)), WithNext: _random.Next(4) == 0);
    }

    /// <summary>In seconds; a pause and a partition are longer than the lease, most times.</summary>
    private static (double From, double To) DurationOf(FaultKind kind) => kind switch
    {
        FaultKind.PauseSilo => (3, 12),
        FaultKind.PauseFrontend => (2, 8),
        FaultKind.StopPostgres => (2, 15),
        FaultKind.PartitionSilos or FaultKind.IsolateSilo or FaultKind.CutSiloFromPostgres or FaultKind.CutFrontendFromPostgres => (3, 14),
        _ => (0.2, 4),
    };

    private TimeSpan Seconds((double From, double To) range) => TimeSpan.FromSeconds(range.From + (_random.NextDouble() * (range.To - range.From)));
}
