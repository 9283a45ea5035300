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
            await WriteAsync(Ended(row, Limited(end)));
        }
        catch (RowRefusedException)
        {
            await WriteAsync(Ended(row, AttemptEnd.Failed(JobErrors.NotStorable(_row!.Tool))));
        }

        LogEnded(_key.Tenant, _key.Id, attempt, _row!.Status);
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
                await WriteAsync(_row! with { Silo = null, Epoch = 0 });
            }
        }
        finally
        {
            LetGo();
            DeactivateOnIdle();
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
        { Error: { } error } => AttemptEnd.Failed(error with
        {
            Message = Cut(error.Message)!,
            Data = error.Data?.Length > Limits.MaxErrorDataBytes ? null : error.Data,
        }),
        _ => end,
    };

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
