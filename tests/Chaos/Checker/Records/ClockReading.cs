namespace Actors.Chaos.Checker.Records;

/// <summary>The database's clock, read between two readings of the driver's.</summary>
public sealed record ClockReading(double BeforeMs, double DatabaseMs, double AfterMs);
