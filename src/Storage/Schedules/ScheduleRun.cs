using Actors.Jobs;

namespace Actors.Storage.Schedules;

/// <summary>What became of a due time, or of a row of missed ones.</summary>
public sealed record ScheduleRun
{
    public required DateTimeOffset DueAt { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>The job's handle, where it became one.</summary>
    public string? JobId { get; init; }

    /// <summary>Where that job stands; null: there is none, or its record has been discarded.</summary>
    public JobStatus? JobStatus { get; init; }

    /// <summary>Of missed ones, the last.</summary>
    public DateTimeOffset? LastDueAt { get; init; }

    public int Count { get; init; } = 1;

    /// <summary>One sentence on why there is no job.</summary>
    public string? Note { get; init; }
}
