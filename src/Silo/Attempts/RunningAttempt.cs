using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Postgres;
using Orleans;

namespace Actors.Silo.Attempts;

/// <summary>
/// One execution of a job's tool: the hold that its grain has on it, and its own way to the grain. A silo keeps many that only wait,
/// so that what most tools never use is made at its first use.
/// </summary>
internal sealed class RunningAttempt : IRunningAttempt, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _cutOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IGrainFactory _grains;
    private readonly AttemptOptions _options;
    private readonly AttemptSlot _slot;
    private readonly AttemptClocks _clocks;
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _leaseLost;
    private Dictionary<string, TaskCompletionSource<byte[]>>? _answers;
    private AttemptReports? _reports;
    private ParkingClock? _parking;
    private int _reason;

    public RunningAttempt(
        JobAttempt attempt,
        IGrainFactory grains,
        AttemptSlots slots,
        AttemptOptions options,
        TimeProvider time,
        CancellationToken leaseLost)
    {
        Attempt = attempt;
        Checkpoint = attempt.Row.Checkpoint;
        Stopping = _stop.Token;
        _grains = grains;
        _options = options;
        _slot = new AttemptSlot(slots);
        _time = time;
        _clocks = new AttemptClocks(attempt, time, Stop);
        _leaseLost = leaseLost.UnsafeRegister(static attempt => ((RunningAttempt)attempt!).Stop(StopReason.LeaseLost), this);
    }

    public JobAttempt Attempt { get; }

    public JobKey Key => Attempt.Key;

    public int Number => Attempt.Row.Attempt;

    public AttemptReports Reports
    {
        get
        {
            lock (_lock)
            {
                return _reports ??= new AttemptReports(
                    report => CallAsync(() => Grain.ReportAsync(Number, report)), _options.MaxPendingLogLines, _time);
            }
        }
    }

    /// <summary>The tool's cancellation token.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Completes when nothing more is expected of the tool, whether or not it has returned.</summary>
    public Task CutOff => _cutOff.Task;

    /// <summary>Completes when the silo is done with the attempt.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    public bool IsEnding { get; set; }

    private IJobAttemptGrain Grain => _grains.GetGrain<IJobAttemptGrain>(Key.ToString());

    private ParkingClock Parking
    {
        get
        {
            lock (_lock)
            {
                return _parking ??= new ParkingClock(
                    _options.ParkAfter, () => IsEnding ? Task.CompletedTask : Grain.ParkAsync(Number), _time);
            }
        }
    }

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
        var ticket = await CallAsync(() => Grain.AskAsync(Number, question));
        if (ticket.Answer is { } stored)
        {
            return stored;
        }

        // A person's time is not the tool's: neither its slot nor its time limit is used up meanwhile.
        _slot.Lend();
        _clocks.Pause();
        Parking.Enter();
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
            return await Answer(ticket.Key).Task.WaitAsync(either.Token);
        }
        finally
        {
            Parking.Leave();
            _clocks.Resume();
            _slot.TakeBack();
        }
    }

    public async Task SaveCheckpointAsync(byte[] checkpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireNotCutOff();
        await CallAsync(() => Grain.SaveCheckpointAsync(Number, checkpoint));
        Checkpoint = checkpoint;
        Beat();
    }

    /// <summary>A step has had its effect: its result is stored though the tool is to stop, unless its time is over.</summary>
    public async Task SaveStepAsync(StepResult step)
    {
        RequireNotCutOff();
        await CallAsync(() => Grain.SaveStepAsync(Number, step));
        Beat();
    }

    /// <summary>Asks the database, again where it is away, as long as the lease is held.</summary>
    public Task<T> WhileStorageIsAwayAsync<T>(Func<Task<T>> ask) => CallAsync(ask);

    /// <summary>The tool has said something.</summary>
    public void Beat()
    {
        _clocks.Beat();
        _parking?.Beat();
    }

    public void Dispose()
    {
        _slot.Leave();
        _clocks.Dispose();
        // Made if it was not yet: a question that comes late must find it ended, and not make one.
        Parking.Dispose();
        _leaseLost.Dispose();
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
        lock (_lock)
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
