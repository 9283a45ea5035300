namespace Actors.Silo.Attempts;

/// <summary>Why an attempt's token was set.</summary>
internal enum StopReason
{
    None,

    /// <summary>The job's owner cancelled it.</summary>
    Cancelled,

    /// <summary>The silo stops; the job goes on elsewhere.</summary>
    HandedOver,

    /// <summary>Its time limit passed.</summary>
    TimedOut,

    /// <summary>The job's total time is over.</summary>
    OutOfTime,

    /// <summary>The tool said nothing for too long.</summary>
    HeartbeatMissed,

    /// <summary>The silo's lease is lost: whatever the tool still does, it may not be written.</summary>
    LeaseLost,

    /// <summary>It only waited for answers, and another attempt goes on when they have come.</summary>
    Parked,

    /// <summary>Its grain let go of it: fenced off, or replaced.</summary>
    Abandoned,
}
