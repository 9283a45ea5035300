namespace Actors.Storage.Queue;

/// <summary>A lane as a look at the line found it.</summary>
/// <param name="Key">Which one.</param>
/// <param name="TenantNumber">The how manieth tenant of this look.</param>
/// <param name="Number">The how manieth lane of its tenant.</param>
/// <param name="First">When its first job may start.</param>
/// <param name="Starts">When its first jobs may start, as many as were asked for; empty where this silo does not have the tool.</param>
internal sealed record SeenLane(LaneKey Key, int TenantNumber, int Number, DateTimeOffset First, DateTimeOffset[] Starts);
