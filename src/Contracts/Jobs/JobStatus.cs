namespace Actors.Jobs;

/// <summary>
/// Where a job stands. The protocol's <c>working</c> is <see cref="Queued"/> or <see cref="Running"/>; the last three are
/// terminal and never change. The values are stored: never renumber them.
/// </summary>
public enum JobStatus
{
    Queued = 0,
    Running = 1,
    InputRequired = 2,
    Completed = 3,
    Failed = 4,
    Cancelled = 5,
}
