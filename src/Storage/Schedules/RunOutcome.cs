namespace Actors.Storage.Schedules;

/// <summary>What became of a due time. The values are stored: never renumber them.</summary>
public enum RunOutcome
{
    /// <summary>It became a job.</summary>
    Started = 0,

    /// <summary>The run before had not ended.</summary>
    Skipped = 1,

    /// <summary>Nobody was there to start it, and the schedule's rule leaves it out.</summary>
    Missed = 2,

    /// <summary>Its tool is gone, or the job was refused.</summary>
    Refused = 3,
}
