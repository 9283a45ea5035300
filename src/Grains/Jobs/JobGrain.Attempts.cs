using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>The side of the attempt: what it reports and ends with.</summary>
internal sealed partial class JobGrain
{
    public Task ReportAsync(int attempt, AttemptReport report)
    {
        Guard(attempt);
        Take(report);
        return Task.CompletedTask;
    }

    public async Task SaveCheckpointAsync(int attempt, byte[] checkpoint)
    {
        Guard(attempt);
        if (checkpoint.Length > Limits.MaxCheckpointBytes)
        {
            throw new InvalidOperationException(
                $"The checkpoint has {checkpoint.Length} bytes; the limit is {Limits.MaxCheckpointBytes}.");
        }

        await WriteAsync(_row! with { Checkpoint = checkpoint, UpdatedAt = time.GetUtcNow() });
    }

    public async Task FinishAsync(int attempt, AttemptEnd end)
    {
        Guard(attempt);
        if (end.Last is { } last)
        {
            Take(last);
        }

        // An end that was kept over an outage may be stored under the silo's next lease: that nobody has written the row since
        // says that nobody has taken the job over.
        var row = _row!.Silo == lease.Silo && lease.IsHeld ? Taken(_row) : _row;
        try
        {
            await WriteAsync(After(row, Limited(end)));
        }
        catch (RowRefusedException)
        {
            await WriteAsync(Ended(row, AttemptEnd.Failed(JobErrors.NotStorable(_row!.Tool))));
        }

        if (_row!.Status is JobStatus.Queued)
        {
            LogToBeRetried(_key.Tenant, _key.Id, attempt, _row.RunAt);
            LeaveInLine();
            runner.Joined(_row, isLimited: true);
            return;
        }

        LogEnded(_key.Tenant, _key.Id, attempt, _row.Status);
    }

    public async Task ReleaseAsync(int attempt)
    {
        Guard(attempt);
        LogReleased(_key.Tenant, _key.Id, attempt);
        try
        {
            if (lease.IsHeld && IsOurs(_row!))
            {
                // Nobody's: others need not wait until this silo's lease is given back.
                await WriteAsync(MayPark(_row!)
                    ? Parked(_row!, AttemptOutcome.HandedOver)
                    : Interruption.After(_row!, _terms, AttemptOutcome.HandedOver, hasRun: true, time.GetUtcNow(), Limits.MaxAttemptRecords));
            }
        }
        finally
        {
            LetGo();
            Leave();
        }
    }

    private void Guard(int attempt)
    {
        if (_attempt is null || _row is not { } row || row.Attempt != attempt || row.Status.IsTerminal())
        {
            throw new StaleAttemptException(attempt);
        }
    }

    private AttemptEnd Limited(AttemptEnd end) => end switch
    {
        { Result.Length: var bytes } when bytes > Limits.MaxResultBytes =>
            AttemptEnd.Failed(JobErrors.ResultTooLarge(_row!.Tool, Limits.MaxResultBytes)),
        { Error: { } error } => end.WithError(error with
        {
            Message = Cut(error.Message)!,
            Data = error.Data?.Length > Limits.MaxErrorDataBytes ? null : error.Data,
        }),
        _ => end,
    };

    /// <summary>The row after an attempt's end: the job's own end, or its place in line for the next attempt.</summary>
    private JobRow After(JobRow row, AttemptEnd end)
    {
        if (!end.MayPass || row.Cancel is not CancelState.None)
        {
            return Ended(row, end);
        }

        var now = time.GetUtcNow();
        var plan = RetryPlan.Of(_terms, row.Options?.Retry);
        var used = AttemptHistory.Used(row, end.Outcome);
        var decision = RetryDecision.After(
            plan, used, Bounded(end.RetryAfter), now, TotalTime.DeadlineOf(row, _terms), Random.Shared.NextDouble());
        if (decision.RunAt is not { } runAt)
        {
            return Ended(row, end.WithError(decision == RetryDecision.NoTimeLeft
                ? JobErrors.OutOfTime(row.Tool, _terms.TotalTimeoutSeconds, end.Error!)
                : JobErrors.LastOf(end.Error!, used)));
        }

        row = AttemptHistory.Enter(row, end.Outcome, end.Error!.Message, plan, now, Limits.MaxAttemptRecords);
        row = end.Outcome is AttemptOutcome.HeartbeatMissed ? Interruption.StartingOver(row, _terms) : row;
        return Snapshots.WithoutProgress(JobMachine.Move(row, JobStatus.Queued, now)) with { RunAt = runAt, Silo = null, Epoch = 0 };
    }

    private TimeSpan? Bounded(TimeSpan? asked) =>
        asked is not { } delay ? null : delay < TimeSpan.Zero ? TimeSpan.Zero : delay < Limits.MaxRetryAfter ? delay : Limits.MaxRetryAfter;

    /// <summary>The job is nobody's now, and whoever claims it has its next grain: who watches here is sent there.</summary>
    private void LeaveInLine()
    {
        _attempt = null;
        _book = null;
        _progressWrite?.Dispose();
        _progressWrite = null;
        Leave();
    }

    private JobRow Ended(JobRow row, AttemptEnd end)
    {
        var now = time.GetUtcNow();
        if (end.IsStopped)
        {
            return JobMachine.Move(row, JobStatus.Cancelled, now) with { Cancel = CancelState.Stopped };
        }

        var to = end.Error is null ? JobStatus.Completed : JobStatus.Failed;
        return JobMachine.Move(row, to, now) with
        {
            Result = end.Result,
            IsToolError = end.IsToolError,
            Error = end.Error,
            Cancel = row.Cancel is CancelState.None ? CancelState.None : CancelState.TooLate,
        };
    }
}
