using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>The attempt that called is not the one that may write the job: it was replaced, fenced off, or the job ended.</summary>
[GenerateSerializer, Alias("actors.stale-attempt")]
public sealed class StaleAttemptException(int attempt)
    : Exception($"Attempt {attempt} may no longer write this job.");
