using System.ComponentModel.DataAnnotations;

namespace Actors.Storage.Schedules;

/// <summary>Recurring jobs. Section <c>Actors:Schedules</c>, of silos and frontends.</summary>
public sealed class ScheduleOptions
{
    /// <summary>Schedules of one principal. Default 100.</summary>
    [Range(0, 1_000_000)]
    public int MaxPerPrincipal { get; set; } = 100;

    /// <summary>Bytes of a schedule's arguments. Default 64 KiB.</summary>
    [Range(2, 16 * 1024 * 1024)]
    public int MaxArgumentsBytes { get; set; } = 64 * 1024;

    /// <summary>Rows of past runs kept of each schedule. Default 100.</summary>
    [Range(1, 10_000)]
    public int RunsKept { get; set; } = 100;

    /// <summary>How often this silo looks for what is due. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Due times worked on at once by this silo; each takes a database connection meanwhile. Default 4.</summary>
    [Range(1, 100)]
    public int Parallelism { get; set; } = 4;

    /// <summary>How late a run may start before it counts as missed, and the catch-up rule decides on it. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs that a schedule which catches up with all of them may be behind; older ones are missed. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxCatchUpRuns { get; set; } = 100;

    /// <summary>How long to wait with a run that could not be started now. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a run waits for a silo that has its tool, and for its owner's limits. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MissingToolPatience { get; set; } = TimeSpan.FromMinutes(1);
}
