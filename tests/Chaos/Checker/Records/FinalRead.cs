namespace Actors.Chaos.Checker.Records;

/// <summary>From when on, and through which endpoints, every handle was read for the last time.</summary>
public sealed record FinalRead(double FromMs, IReadOnlyList<string> Readers);
