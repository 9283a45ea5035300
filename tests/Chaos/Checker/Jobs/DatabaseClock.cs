using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>Translates the database's clock into the driver's, as well as the readings of both allow.</summary>
internal sealed class DatabaseClock
{
    private readonly double? _greatestOffsetMs;
    private readonly double? _leastOffsetMs;

    public DatabaseClock(IReadOnlyList<ClockReading> readings)
    {
        if (readings.Count == 0)
            return;
        _greatestOffsetMs = readings.Max(reading => reading.DatabaseMs - reading.BeforeMs);
        _leastOffsetMs = readings.Min(reading => reading.DatabaseMs - reading.AfterMs);
    }

    /// <summary>A moment of the driver's clock before which the effect was not written; null: nobody read the clock.</summary>
    public double? EarliestMs(EffectRecord effect) => EarliestMs(effect.DatabaseMs);

    /// <summary>A moment of the driver's clock by which the effect was written; null: nobody read the clock.</summary>
    public double? LatestMs(EffectRecord effect) => effect.DatabaseMs - _leastOffsetMs;

    /// <summary>A moment of the driver's clock that is not after that one of the database's; null: nobody read the clock.</summary>
    public double? EarliestMs(double databaseMs) => databaseMs - _greatestOffsetMs;
}
