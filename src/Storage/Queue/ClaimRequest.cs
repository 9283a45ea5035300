namespace Actors.Storage.Queue;

/// <summary>What a silo looks for in the line.</summary>
/// <param name="Tools">The tools it has, with their limits.</param>
/// <param name="Now">Jobs that may start by then are due.</param>
/// <param name="Window">Which part of a long line it looks at.</param>
public sealed record ClaimRequest(IReadOnlyDictionary<string, ToolLimits> Tools, DateTimeOffset Now, LineWindow Window);
