using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Postgres;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Grains.Jobs;

/// <summary>What is stored, what is shown, and in which order.</summary>
internal sealed partial class JobGrain
{
    private IGrainTimer? _progressWrite;
    private IGrainTimer? _doubt;
    private bool _inDoubt;
    private long _logLines;

    // No caller's cancellation reaches a write: one that is given up half way leaves a row that nobody knows of.
    private async Task WriteAsync(JobRow next, StepResult? step = null)
    {
        if (_inDoubt)
        {
            await ReadAgainAsync();
        }

        var stored = state.State.Row;
        if (next.Status.IsTerminal() && stored?.Status.IsTerminal() is not true)
        {
            next = JobExpiry.AtEnd(next, _terms, runner.LongestTtl(_key.Tenant), Limits.KeepEnded);
        }

        var row = TotalTime.Dated(next, runner.FindJob(next.Tool)) with
        {
            StatusMessage = Snapshots.Sentence(next, OpenIn(next.Exchanges)),
            // Another silo's clock may have been ahead.
            UpdatedAt = stored?.UpdatedAt > next.UpdatedAt ? stored.UpdatedAt : next.UpdatedAt,
        };
        state.State.Row = row;
        state.State.Step = step;
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException overwritten)
        {
            state.State.Row = stored;
            LogOverwritten(_key.Tenant, _key.Id, row.Attempt, overwritten);
            LetGo();
            Leave();
            throw;
        }
        catch (Exception exception)
        {
            // Cleanup, whatever it was: callers go on seeing what is stored.
            state.State.Row = stored;
            if (exception is not RowRefusedException)
            {
                BeginDoubt();
            }

            throw;
        }
        finally
        {
            state.State.Step = null;
        }

        Record(stored, row);
        Adopt(row);
    }

    /// <summary>A write may or may not have been stored. The next one looks first; without a next one a timer does.</summary>
    private void BeginDoubt()
    {
        if (!_inDoubt)
        {
            _inDoubt = true;
            _doubt = this.RegisterGrainTimer(SettleAsync, new GrainTimerCreationOptions
            {
                DueTime = Limits.ProgressWriteInterval,
                Period = Limits.ProgressWriteInterval,
            });
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_inDoubt)
            {
                await ReadAgainAsync();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The boundary of a timer, which comes again until the doubt is settled.
            LogStillInDoubt(_key.Tenant, _key.Id, exception);
        }

        if (!_inDoubt)
        {
            _doubt?.Dispose();
            if (_row is null)
            {
                Leave();
            }
        }
    }

    /// <summary>
    /// After a write that nobody knows the outcome of: the stored row counts. Where the write was stored after all, the one at
    /// hand was made from an older row, and its caller must look again.
    /// </summary>
    private async Task ReadAgainAsync()
    {
        var version = state.Etag;
        await state.ReadStateAsync();
        _inDoubt = false;
        _doubt?.Dispose();
        if (state.State.Row is not { } row)
        {
            return;
        }

        if (state.Etag == version)
        {
            RecoverIfAttemptIsLost(row);
            return;
        }

        var attempt = _attempt;
        Adopt(attempt is null || row.Status.IsTerminal() ? row : row with { Progress = _row!.Progress });
        CatchUp(attempt, row);
        throw new StorageUnavailableException("The job was stored as something else; look at it again.");
    }

    /// <summary>Does what the writer of this row was kept from, since it did not know that it was stored.</summary>
    private void CatchUp(IRunningAttempt? attempt, JobRow row)
    {
        if (row.Status.IsTerminal())
        {
            attempt?.Abandon();
            return;
        }

        if (attempt is null)
        {
            RecoverIfAttemptIsLost(row);
            return;
        }

        if (!IsOurs(row))
        {
            LetGo();
            Leave();
            return;
        }

        foreach (var exchange in row.Exchanges)
        {
            if (exchange.Answer is { } answer)
            {
                attempt.Deliver(exchange.Request.Key, answer);
            }
        }

        if (row.Cancel is CancelState.Requested)
        {
            DeliverCancel(attempt);
        }
    }

    private void Adopt(JobRow row)
    {
        _book?.Restore(row.Exchanges);
        if (row.Status.IsTerminal())
        {
            _attempt = null;
            _book = null;
            _progressWrite?.Dispose();
            DelayDeactivation(TimeSpan.FromSeconds(-1));
        }

        Publish(row);
    }

    private void RecoverIfAttemptIsLost(JobRow row)
    {
        // A queued row is in line, or being started. One that ran lost its attempt with the activation that held it.
        if (_attempt is null && row.Status is JobStatus.Running or JobStatus.InputRequired)
        {
            Recover(row);
        }
    }

    private void Recover(JobRow row)
    {
        if (IsOurs(row))
        {
            GrainFactory.GetGrain<IJobAttemptGrain>(_key.ToString()).RecoverAsync().Ignore();
        }
    }

    private void Publish(JobRow row)
    {
        _row = row;
        _latest.Publish(Snapshots.Of(row, OpenIn(row.Exchanges), _terms.PollIntervalMs, ++_revision) with { LogLines = _logLines });
    }

    private ImmutableArray<InputRequest> OpenIn(ImmutableArray<InputExchange> exchanges) =>
        _book is { } book ? book.OpenIn(exchanges) : Pending(exchanges);

    private static ImmutableArray<InputRequest> Pending(ImmutableArray<InputExchange> exchanges) =>
        [.. exchanges.Where(e => e is { IsPending: true, IsSuperseded: false }).Select(e => e.Request)];

    /// <summary>Shows progress at once and stores it within the interval; log lines go to the journal.</summary>
    private void Take(AttemptReport report)
    {
        foreach (var line in report.Log)
        {
            journal.Append(JobJournal.Log(_key, line, Limits.MaxLogLineBytes));
        }

        _logLines += report.Log.Length;
        if (report.Progress is null && !report.Log.IsEmpty)
        {
            Publish(_row!);
        }

        if (report.Progress is { } progress)
        {
            // Shown before it is stored; so the time, which must not go back when another silo reads the row, is the stored one.
            Publish(_row! with { Progress = progress with { Message = Cut(progress.Message) } });
            _progressWrite ??= this.RegisterGrainTimer(WriteProgressAsync, new GrainTimerCreationOptions
            {
                DueTime = Limits.ProgressWriteInterval,
                Period = Timeout.InfiniteTimeSpan,
            });
        }
    }

    /// <summary>Enters into the journal what a write changed.</summary>
    private void Record(JobRow? before, JobRow after)
    {
        // Progress that is stored with a move was made before it: the last line of a job that has ended says that it has.
        if (after.Progress is { } progress && before?.Progress != progress)
        {
            journal.Append(JobJournal.Progress(_key, progress, after.UpdatedAt));
        }

        if (before?.Status != after.Status || before.Attempt != after.Attempt || before.Cancel != after.Cancel)
        {
            journal.Append(JobJournal.State(_key, after, time.GetUtcNow()));
        }
    }

    private async Task WriteProgressAsync(CancellationToken cancellationToken)
    {
        _progressWrite?.Dispose();
        _progressWrite = null;
        if (_attempt is null || _row is not { } row || row.Status.IsTerminal())
        {
            return;
        }

        try
        {
            await WriteAsync(row with { UpdatedAt = time.GetUtcNow() });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The boundary of a timer: progress is shown already, and the next write of any kind carries it.
            LogProgressNotStored(_key.Tenant, _key.Id, exception);
        }
    }
}
