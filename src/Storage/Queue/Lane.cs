namespace Actors.Storage.Queue;

/// <summary>The first jobs of a lane that may start now.</summary>
/// <param name="Key">Which lane.</param>
/// <param name="Due">Since when each may start, the longest first.</param>
/// <param name="HasMore">Whether there may be more of them.</param>
public sealed record Lane(LaneKey Key, IReadOnlyList<DateTimeOffset> Due, bool HasMore);
