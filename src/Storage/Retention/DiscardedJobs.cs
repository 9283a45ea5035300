namespace Actors.Storage.Retention;

/// <summary>What one call discarded.</summary>
/// <param name="Count">How many jobs; fewer than were allowed: there are no more for now.</param>
/// <param name="Until">When the last of them expired; what expired before is discarded, or pinned.</param>
public sealed record DiscardedJobs(int Count, DateTimeOffset? Until);
