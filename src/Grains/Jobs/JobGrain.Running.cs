using System.Text;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tools;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Jobs;

/// <summary>How a job gets an attempt, loses it, and gets the next one.</summary>
internal sealed partial class JobGrain
{
    // Long enough for any attempt; it is taken back when the attempt ends.
    private static readonly TimeSpan WhileAttemptRuns = TimeSpan.FromDays(365);

    private IGrainTimer? _fence;

    // The attempt whose start could not be seen to be stored, and that was therefore not begun.
    private int _notBegun;

    private bool _isLeaving;

    public async Task StartQueuedAsync()
    {
        if (_inDoubt)
        {
            await ReadAgainAsync();
        }

        if (_attempt is not null || !await RefreshAsync() || _row is not { Status: JobStatus.Queued, Silo: { } silo } row)
        {
            return;
        }

        if (!IsOurs(row))
        {
            Leave();
            throw new WrongSiloException($"The job was claimed by the silo {silo}, and this is {lease.Silo}.");
        }

        await StartOrWaitAsync(row);
    }

    public async Task RecoverAsync()
    {
        if (_row is not { } row || row.Status.IsTerminal() || IsParked(row) || (_attempt is not null && IsOurs(row)))
        {
            return;
        }

        if (_attempt is { IsEnding: true } && row.Silo == lease.Silo)
        {
            // The tool has ended, and only the storing is left, which the outage that cost the lease held up.
            return;
        }

        RequireRoomToRecover(row);
        await RequireOwnerGoneAsync(row);
        // Of a lease that is lost: it may not write any more, and may have failed to say so.
        LetGo();
        if (row.Status is JobStatus.Queued)
        {
            await StartOrWaitAsync(row);
            return;
        }

        LogRecovering(_key.Tenant, _key.Id, row.Attempt, row.Silo ?? "nobody");
        var next = AfterCrash(row, hasRun: (row.Attempt != _notBegun || !IsOurs(row)) && !QuestionBook.AwaitsConfirmation(row.Exchanges));
        if (next.Status.IsTerminal())
        {
            await WriteAsync(Taken(next));
            return;
        }

        await StartOrWaitAsync(next);
    }

    public async Task GiveUpAsync()
    {
        if (_row is { } row && !row.Status.IsTerminal() && runner.FindJob(row.Tool) is null && !IsParked(row))
        {
            await RequireOwnerGoneAsync(row);
            LetGo();
            var owned = Taken(row);
            await WriteAsync(JobMachine.Move(owned, JobStatus.Failed, time.GetUtcNow()) with { Error = JobErrors.ToolGone(row.Tool) });
        }
    }

    private void RequireRoomToRecover(JobRow row)
    {
        if (runner.IsClosed || !lease.IsHeld || runner.FindJob(row.Tool) is null)
        {
            // Where it is activated next is for whoever calls it then.
            Leave();
            throw new WrongSiloException($"The silo {lease.Silo} cannot run '{row.Tool}' now.");
        }
    }

    /// <summary>The row of a job whose silo is gone: ended, or in line for its next attempt, with no owner.</summary>
    private JobRow AfterCrash(JobRow row, bool hasRun) =>
        Interruption.After(row, runner.FindJob(row.Tool), AttemptOutcome.Crashed, hasRun, time.GetUtcNow(), Limits.MaxAttemptRecords);

    /// <summary>
    /// Writes a queued row: as running, with its next attempt, where it may start here and now; else as one that waits in line, which is
    /// nobody's. A row that had an owner is counted by the limits already, and goes on being so.
    /// </summary>
    /// <exception cref="WrongSiloException">This activation is about to end. The next call finds another one, here or elsewhere.</exception>
    private async Task StartOrWaitAsync(JobRow queued)
    {
        if (_isLeaving)
        {
            throw new WrongSiloException($"The job's activation on {lease.Silo} is about to end, and an attempt would end with it.");
        }

        var isCounted = state.State.Row is { Silo: not null };
        var isLimited = await runner.IsLimitedAsync(queued);
        if (queued.RunAt > time.GetUtcNow() || !runner.TryTakeSlot(_key, onlyIfHeld: isLimited && !isCounted))
        {
            if (state.State.Row is null)
            {
                await runner.AdmitToLineAsync(queued);
            }

            await WriteAsync(queued with { Silo = null, Epoch = 0 });
            runner.Joined(_row!, isLimited);
            return;
        }

        try
        {
            _notBegun = queued.Attempt + 1;
            var running = JobMachine.Move(Taken(queued), JobStatus.Running, time.GetUtcNow());
            await WriteAsync(running with { Attempt = _notBegun, AttemptStartedAt = running.UpdatedAt });
            _notBegun = 0;
        }
        catch
        {
            runner.ReturnSlot();
            throw;
        }

        _book = new QuestionBook(_row!.Exchanges);
        _attempt = runner.Start(new JobAttempt(_row, _terms));
        DelayDeactivation(WhileAttemptRuns);
    }

    private async Task RequestCancelAsync(string? reason)
    {
        var now = time.GetUtcNow();
        var row = Owned(_row!) with { Cancel = CancelState.Requested, CancelReason = Cut(reason), UpdatedAt = now };
        if (_attempt is null || row.Status is not JobStatus.Running)
        {
            // Nothing runs, or the tool does nothing but wait for an answer that will not come.
            var attempt = _attempt;
            await WriteAsync(JobMachine.Move(row, JobStatus.Cancelled, now) with { Cancel = CancelState.Stopped });
            attempt?.Abandon();
            return;
        }

        await WriteAsync(row);
        DeliverCancel(_attempt);
    }

    private void DeliverCancel(IRunningAttempt attempt)
    {
        attempt.Cancel();
        Publish(_row! with { Cancel = CancelState.Delivered });

        // It comes again until the end is stored, whoever ends the job.
        _fence ??= this.RegisterGrainTimer(FenceOffAsync, new GrainTimerCreationOptions
        {
            DueTime = TimeSpan.FromSeconds(_terms.CancelGraceSeconds),
            Period = Limits.ProgressWriteInterval,
        });
    }

    private async Task FenceOffAsync(CancellationToken cancellationToken)
    {
        if (_attempt is not { } attempt || _row is not { } row || row.Status.IsTerminal())
        {
            _fence?.Dispose();
            return;
        }

        LogFencedOff(_key.Tenant, _key.Id, row.Attempt);
        await WriteAsync(
            JobMachine.Move(row, JobStatus.Cancelled, time.GetUtcNow()) with { Cancel = CancelState.Ignored });
        attempt.Abandon();
    }

    /// <summary>Ends this activation as soon as its calls have ended. One that was queued before may still come: no attempt begins in it.</summary>
    private void Leave()
    {
        _isLeaving = true;
        DeactivateOnIdle();
    }

    private void LetGo()
    {
        _attempt?.Abandon();
        _attempt = null;
        _book = null;
    }

    /// <summary>A text within its limit, and without what Postgres cannot store: U+0000 and half a surrogate pair.</summary>
    private string? Cut(string? text)
    {
        var cut = text?.Length > Limits.MaxMessageLength ? text[..Limits.MaxMessageLength] : text;
        return cut is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)).Replace('\0', '\uFFFD');
    }
}
