using Actors.Jobs;
using Actors.Tools;

namespace Actors.Grains.Jobs;

/// <summary>What becomes of a job whose total time is over while it waits for its next attempt: that one would only be told so.</summary>
internal sealed partial class JobGrain
{
    public async Task ExpireTotalTimeAsync()
    {
        if (_row is null || !await RefreshAsync())
        {
            Leave();
            return;
        }

        if (_attempt is not null || _row is not { Status: JobStatus.Queued, Silo: null } row)
        {
            return;
        }

        if (runner.FindJob(row.Tool) is not { } terms)
        {
            Leave();
            throw new WrongSiloException($"The silo {lease.Silo} does not know the terms of '{row.Tool}'.");
        }

        var now = time.GetUtcNow();
        if (!(TotalTime.DeadlineOf(row, terms) <= now))
        {
            // The terms are others than they were, or it waited longer for answers: the write brings the row up to date.
            await WriteAsync(row with { UpdatedAt = now });
            return;
        }

        LogOutOfTime(_key.Tenant, _key.Id, row.Attempt);
        await WriteAsync(JobMachine.Move(row, JobStatus.Failed, now) with
        {
            Error = JobErrors.OutOfTimeInLine(row.Tool, terms.TotalTimeoutSeconds, AttemptHistory.LastError(row)),
        });
    }
}
