namespace Actors.Chaos.Checker.Jobs;

/// <summary>A job's state as an answer names it; the tasks extension calls the first two working.</summary>
internal enum JobPhase
{
    Queued,
    Working,
    InputRequired,
    Completed,
    Failed,
    Cancelled,
}
