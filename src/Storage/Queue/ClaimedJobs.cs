using Actors.Jobs;

namespace Actors.Storage.Queue;

/// <summary>What a claim brought.</summary>
public sealed record ClaimedJobs
{
    /// <summary>They are this silo's now, and wait to be started by it.</summary>
    public IReadOnlyList<JobKey> Jobs { get; init; } = [];

    /// <summary>Whether jobs that could have started were left behind for want of a slot.</summary>
    public bool LeftForSlots { get; init; }

    /// <summary>Whether jobs that are due were left behind because of a limit.</summary>
    public bool LeftForLimits { get; init; }

    /// <summary>When the next of those that are not due yet may start; null: none is known.</summary>
    public DateTimeOffset? NextStart { get; init; }
}
