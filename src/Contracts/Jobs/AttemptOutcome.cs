namespace Actors.Jobs;

/// <summary>How an attempt ended that did not end its job. The values are stored: never renumber them.</summary>
public enum AttemptOutcome
{
    /// <summary>The tool failed, in a way that its terms have tried again.</summary>
    Failed = 0,

    /// <summary>It ran over its own time limit.</summary>
    TimedOut = 1,

    /// <summary>The tool gave no sign of life for too long.</summary>
    HeartbeatMissed = 2,

    /// <summary>Its process died, or lost its lease.</summary>
    Crashed = 3,

    /// <summary>Its silo was told to stop, and handed the job over.</summary>
    HandedOver = 4,

    /// <summary>It waited for an answer, which may take days, and let go of its process meanwhile.</summary>
    Parked = 5,
}
