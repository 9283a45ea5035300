namespace Actors.Jobs;

/// <summary>What follows from a status.</summary>
public static class JobStatuses
{
    /// <summary>Whether the job has ended; a terminal status never changes.</summary>
    public static bool IsTerminal(this JobStatus status) =>
        status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
}
