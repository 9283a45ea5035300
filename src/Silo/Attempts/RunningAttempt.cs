using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Postgres;

namespace Actors.Silo.Attempts;

/// <summary>One execution of a job's tool: the hold that its grain has on it, and its own way to the grain.</summary>
internal sealed class RunningAttempt : IRunningAttempt, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    private readonly Lock _answering = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IJobAttemptGrain _grain;
    private readonly AttemptSlot _slot;
    private readonly AttemptClocks _clocks;
    private readonly ParkingClock _parking;
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _leaseLost;
    private Dictionary<string, TaskCompletionSource<byte[]>>? _answers;
    private int _reason;

    public RunningAttempt(
        JobAttempt attempt,
        IJobAttemptGrain grain,
        AttemptSlots slots,
        AttemptOptions options,
        TimeProvider time,
        CancellationToken leaseLost)
    {
        Attempt = attempt;
        Checkpoint = attempt.Row.Checkpoint;
        Stopping = _stop.Token;
        _grain = grain;
        _slot = new AttemptSlot(slots);
        _time = time;
        _parking = new ParkingClock(options.ParkAfter, () => IsEnding ? Task.CompletedTask : grain.ParkAsync(Number), time);
        Reports = new AttemptReports(report => CallAsync(() => grain.ReportAsync(Number, report)), options.MaxPendingLogLines, time);
        _clocks = new AttemptClocks(attempt, time, Stop);
        _leaseLost = leaseLost.Register(() => Stop(StopReason.LeaseLost));
    }

    public JobAttempt Attempt { get; }

    public JobKey Key => Attempt.Key;

    public int Number => Attempt.Row.Attempt;

    public AttemptReports Reports { get; }

    /// <summary>The tool's cancellation token.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Completes when nothing more is expected of the tool, whether or not it has returned.</summary>
    public Task CutOff => _cutOff.Task;

    /// <summary>Completes when the silo is done with the attempt.</summary>
    public Task Ended => _ended.Task;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    public bool IsEnding { get; set; }

    public bool MayWrite => Reason is not (StopReason.Abandoned or StopReason.LeaseLost or StopReason.Parked);

    /// <summary>The last one saved, as UTF-8 JSON.</summary>
    public byte[]? Checkpoint { get; private set; }

    public void Deliver(string key, byte[] answer) => Answer(key).TrySetResult(answer);

    public void Cancel() => Stop(StopReason.Cancelled);

    public void Park() => Stop(StopReason.Parked);

    public void Abandon() => Stop(StopReason.Abandoned);

    public void Stop(StopReason reason)
    {
        // Losing the right to write overrides any earlier reason.
        var before = Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None);
        if (before != (int)StopReason.None && reason is StopReason.Abandoned or StopReason.LeaseLost or StopReason.Parked)
        {
            Interlocked.Exchange(ref _reason, (int)reason);
        }

        if (!MayWrite || Reason is StopReason.TimedOut or StopReason.OutOfTime or StopReason.HeartbeatMissed)
        {
            _cutOff.TrySetResult();
        }

        // The tool's own callbacks run on the token: not in the turn of whoever stops it.
        _ = _stop.CancelAsync();
    }

    public async Task<byte[]> AskAsync(InputQuestion question, CancellationToken cancellationToken)
    {
        Stopping.ThrowIfCancellationRequested();
        var ticket = await CallAsync(() => _grain.AskAsync(Number, question));
        if (ticket.Answer is { } stored)
        {
            return stored;
        }

        // A person's time is not the tool's: neither its slot nor its time limit is used up meanwhile.
        _slot.Lend();
        _clocks.Pause();
        _parking.Enter();
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
            return await Answer(ticket.Key).Task.WaitAsync(either.Token);
        }
        finally
        {
            _parking.Leave();
            _clocks.Resume();
            _slot.TakeBack();
        }
    }

    public async Task SaveCheckpointAsync(byte[] checkpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireNotCutOff();
        await CallAsync(() => _grain.SaveCheckpointAsync(Number, checkpoint));
        Checkpoint = checkpoint;
        Beat();
    }

    /// <summary>A step has had its effect: its result is stored though the tool is to stop, unless its time is over.</summary>
    public async Task SaveStepAsync(StepResult step)
    {
        RequireNotCutOff();
        await CallAsync(() => _grain.SaveStepAsync(Number, step));
        Beat();
    }

    /// <summary>Asks the database, again where it is away, as long as the lease is held.</summary>
    public Task<T> WhileStorageIsAwayAsync<T>(Func<Task<T>> ask) => CallAsync(ask);

    /// <summary>The tool has said something.</summary>
    public void Beat()
    {
        _clocks.Beat();
        _parking.Beat();
    }

    public void Dispose()
    {
        _slot.Leave();
        _clocks.Dispose();
        _parking.Dispose();
        _leaseLost.Dispose();
        _ended.TrySetResult();
    }

    // A tool that does not look at its token goes on after its time is over; what it does then is not written.
    private void RequireNotCutOff()
    {
        if (CutOff.IsCompleted)
        {
            throw new OperationCanceledException(Stopping);
        }
    }

    /// <summary>Where an answer and its question meet, whichever comes first. Most attempts never ask.</summary>
    private TaskCompletionSource<byte[]> Answer(string key)
    {
        lock (_answering)
        {
            _answers ??= new Dictionary<string, TaskCompletionSource<byte[]>>(StringComparer.Ordinal);
            if (!_answers.TryGetValue(key, out var answer))
            {
                answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
                _answers.Add(key, answer);
            }

            return answer;
        }
    }

    private async Task CallAsync(Func<Task> call) => await CallAsync(async () =>
    {
        await call();
        return true;
    });

    /// <summary>Calls the grain, again where the database is away: the tool need not know, as long as the lease is held.</summary>
    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (StorageUnavailableException) when (MayWrite)
            {
                await Task.WhenAny(CutOff, Task.Delay(RetryAfter, _time));
            }
            catch (StaleAttemptException)
            {
                Abandon();
            }

            if (!MayWrite)
            {
                throw new OperationCanceledException(Stopping);
            }
        }
    }
}
