namespace Actors.Chaos.Checker.Records;

/// <summary>What was done to the cluster, and when.</summary>
public sealed record FaultRecord(string Kind, string Target, double StartMs, double EndMs, string? Detail = null);
