using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>The only place where a job's status changes. docs/jobs.md draws the same table.</summary>
public static class JobMachine
{
    private static readonly Dictionary<JobStatus, JobStatus[]> Moves = new()
    {
        [JobStatus.Queued] = [JobStatus.Running, JobStatus.Failed, JobStatus.Cancelled],
        [JobStatus.Running] =
            [JobStatus.Queued, JobStatus.InputRequired, JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled],
        [JobStatus.InputRequired] =
            [JobStatus.Queued, JobStatus.Running, JobStatus.Completed, JobStatus.Failed, JobStatus.Cancelled],
        [JobStatus.Completed] = [],
        [JobStatus.Failed] = [],
        [JobStatus.Cancelled] = [],
    };

    public static bool MayMove(JobStatus from, JobStatus to) => Moves[from].AsSpan().Contains(to);

    /// <summary>The row in its next status, with the times that follow from it.</summary>
    /// <exception cref="IllegalJobMoveException">The table has no such move.</exception>
    public static JobRow Move(JobRow row, JobStatus to, DateTimeOffset now)
    {
        if (!MayMove(row.Status, to))
        {
            throw new IllegalJobMoveException(row.Status, to);
        }

        var terminal = Moves[to].Length == 0;
        return row with
        {
            Status = to,
            UpdatedAt = now,
            StartedAt = row.StartedAt ?? (to is JobStatus.Running ? now : null),
            EndedAt = terminal ? now : null,
            Waited = row.WaitingSince is { } since && now > since ? row.Waited + (now - since) : row.Waited,
            WaitingSince = to is JobStatus.InputRequired ? now : null,
        };
    }
}
