using Orleans.Calls;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Activations;

internal sealed partial class Activation
{
    private readonly StatelessWorkerPool? _pool;
    private static readonly TaskCompletionSource Over = NewOver();

    private TaskCompletionSource? _deactivated;
    private volatile ActivationState _state;
    private DeactivationReason? _deactivation;
    private HashSet<GrainTimer>? _timers;
    private ITimer? _deactivationDeadline;
    private bool _finishing;
    private long _lastUsedTicks;
    private long _keepUntilTicks;

    public Task Deactivated
    {
        get
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _deactivated, made, null) ?? made).Task;
        }
    }

    public bool IsGone => _state == ActivationState.Invalid;

    /// <summary>Whether a call taken now would be started here, rather than passed on to a later activation.</summary>
    public bool IsOpen => _state <= ActivationState.Valid;

    /// <summary>The cluster's directory says that the grain is active here.</summary>
    public bool IsRegistered { get; set; }

    public bool IsValid => _state == ActivationState.Valid;

    /// <summary>How long nothing has used the grain; zero while something does, or while it asked to be kept.</summary>
    public TimeSpan IdleFor(long nowTicks) =>
        !IsValid || IsBusy || nowTicks < Volatile.Read(ref _keepUntilTicks)
            ? TimeSpan.Zero
            : TimeSpan.FromTicks(Math.Max(0, nowTicks - Volatile.Read(ref _lastUsedTicks)));

    public void Activate(Dictionary<string, object>? requestContext, CancellationToken cancellationToken = default) =>
        Turns.QueueAction(static state => ((Activation)state).BeginIfNew(), this);

    /// <summary>From now on no call starts here; once those that run are done, the activation ends.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) =>
        Turns.QueueAction(static state =>
        {
            var (activation, reason) = ((Activation, DeactivationReason))state;
            activation.BeginDeactivation(reason);
        }, (this, deactivationReason));

    /// <summary>Deactivates the grain if it is idle even when its turn comes.</summary>
    public void Collect(TimeSpan age) =>
        Turns.QueueAction(static state =>
        {
            var (activation, age) = ((Activation, TimeSpan))state;
            if (activation.IsValid && !activation.IsBusy && activation.IdleFor(activation._directory.NowTicks) >= age)
                activation.BeginDeactivation(new DeactivationReason(
                    DeactivationReasonCode.ActivationIdle, $"The grain has not been used for at least {age}."));
        }, (this, age));

    public void DelayDeactivation(TimeSpan timeSpan) =>
        Volatile.Write(ref _keepUntilTicks, timeSpan switch
        {
            _ when timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan => long.MaxValue,
            _ when timeSpan <= TimeSpan.Zero => 0,
            _ => _directory.NowTicks + timeSpan.Ticks
        });

    public void AddTimer(GrainTimer timer)
    {
        if (_finishing || _state is ActivationState.Invalid)
            throw new InvalidOperationException($"{this} is being deactivated and takes no new timer.");
        (_timers ??= []).Add(timer);
    }

    public void RemoveTimer(GrainTimer timer) =>
        Turns.QueueAction(static state =>
        {
            var (activation, timer) = ((Activation, GrainTimer))state;
            activation._timers?.Remove(timer);
        }, (this, timer));

    private void BeginIfNew()
    {
        if (_state == ActivationState.Creating) Begin(null);
    }

    private void Begin(GrainCall? first)
    {
        _state = ActivationState.Activating;
        var clean = ExecutionContext.Capture()!;
        if (first?.Context is not null) RequestContext.Current = first.Context;
        _ = ActivateAsync();
        if (!ReferenceEquals(ExecutionContext.Capture(), clean)) ExecutionContext.Restore(clean);
    }

    private async Task ActivateAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(Class.Collection.ActivationTimeout, _directory.Time);
            try
            {
                if (await FindOtherAsync() is { } other)
                {
                    await YieldToAsync(other);
                    return;
                }

                GrainInstance = Class.CreateInstance(this);
                if (GrainInstance is ILifecycleParticipant<IGrainLifecycle> participant) participant.Participate(ObservableLifecycle);
                if (_lifecycle is not null) await _lifecycle.OnStart(deadline.Token).WaitAsync(deadline.Token);
                if (GrainInstance is IGrainBase grain) await grain.OnActivateAsync(deadline.Token).WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"Grain {GrainId} was not activated within {Class.Collection.ActivationTimeout}.", exception);
            }
        }
        catch (Exception exception)
        {
            // The reason goes to every caller that waits, and the next call tries again.
            Class.Log.ActivationFailed(exception, GrainId);
            await FailActivationAsync(exception);
            return;
        }

        _state = ActivationState.Valid;
        _lastUsedTicks = _directory.NowTicks;
        if (_deactivation is { } reason)
        {
            _deactivation = null;
            BeginDeactivation(reason);
        }
        else if (_waiting.Count > 0)
        {
            Turns.QueueAction(static state => ((Activation)state).AdmitWaiting(), this);
        }
    }

    private async Task FailActivationAsync(Exception exception)
    {
        _deactivation = new DeactivationReason(DeactivationReasonCode.ActivationFailed, exception, "Failed to activate grain.");
        DisposeTimers();
        if (_lifecycle is not null) await QuietlyAsync(_lifecycle.OnStop(CancellationToken.None), "OnStop");
        await DisposeInstanceAsync();
        await LeaveAsync();
        DrainWaiting(call => call.Fail(exception));
        SayDeactivated();
    }

    // The silo on which the grain is active already, as the directory of the cluster has it.
    private ValueTask<SiloAddress?> FindOtherAsync() =>
        _pool is null && _directory.Locator is { } locator ? locator.RegisterAsync(this) : default;

    private async ValueTask YieldToAsync(SiloAddress other)
    {
        _deactivation = new DeactivationReason(DeactivationReasonCode.DuplicateActivation, $"The grain is active on {other}.");
        DisposeTimers();
        await LeaveAsync();
        _directory.Router.Learn(GrainId, other);
        DrainWaiting(Reroute);
        SayDeactivated();
    }

    private void BeginDeactivation(DeactivationReason reason)
    {
        switch (_state)
        {
            case ActivationState.Creating:
                // Nothing was built, so there is nothing to take down.
                _state = ActivationState.Invalid;
                RemoveFromSilo();
                DrainWaiting(Reroute);
                SayDeactivated();
                return;
            case ActivationState.Activating:
                _deactivation ??= reason;
                return;
            case ActivationState.Valid:
                break;
            default:
                return;
        }

        _state = ActivationState.Deactivating;
        _deactivation = reason;
        _streams?.Cancel();
        if (_running.Count == 0 && _blocking is null)
        {
            OnQuiet();
            return;
        }

        // Calls that do not come to an end must not keep the silo from stopping.
        _deactivationDeadline = _directory.Time.CreateTimer(
            static state =>
            {
                var activation = (Activation)state!;
                activation.Turns.QueueAction(static inner => ((Activation)inner).AbandonRunning(), activation);
            },
            this, Class.Collection.DeactivationTimeout, Timeout.InfiniteTimeSpan);
    }

    private void AbandonRunning()
    {
        if (_finishing || _state != ActivationState.Deactivating) return;

        Class.Log.DeactivationAbandonedCalls(GrainId, _running.Count);
        Finish();
    }

    private void OnQuiet()
    {
        if (_state == ActivationState.Deactivating && !_finishing) Finish();
    }

    private void Finish()
    {
        _finishing = true;
        DisposeTimers();
        _ = FinishDeactivationAsync(_deactivation!.Value);
    }

    private async Task FinishDeactivationAsync(DeactivationReason reason)
    {
        _deactivationDeadline?.Dispose();
        using var deadline = new CancellationTokenSource(Class.Collection.DeactivationTimeout, _directory.Time);
        if (GrainInstance is IGrainBase grain)
            await QuietlyAsync(() => grain.OnDeactivateAsync(reason, deadline.Token).WaitAsync(deadline.Token), nameof(IGrainBase.OnDeactivateAsync));
        if (_lifecycle is not null)
            await QuietlyAsync(() => _lifecycle.OnStop(deadline.Token).WaitAsync(deadline.Token), "OnStop");
        if (_streams is not null) await QuietlyAsync(() => _streams.DisposeAsync().AsTask(), "streams");
        await DisposeInstanceAsync();
        await LeaveAsync();
        DrainWaiting(Reroute);
        SayDeactivated();
    }

    /// <summary>From here on the directory makes a new activation for the next call, here or on another silo.</summary>
    private async ValueTask LeaveAsync()
    {
        _state = ActivationState.Invalid;
        RemoveFromSilo();
        if (_directory.Locator is { } locator) await locator.UnregisterAsync(this);
    }

    private void SayDeactivated() => Interlocked.CompareExchange(ref _deactivated, Over, null)?.TrySetResult();

    private static TaskCompletionSource NewOver()
    {
        var over = new TaskCompletionSource();
        over.SetResult();
        return over;
    }

    private void RemoveFromSilo()
    {
        if (_pool is not null) _pool.Remove(this);
        else _directory.Remove(this);
    }

    private void DisposeTimers()
    {
        if (_timers is not { } timers) return;

        _timers = null;
        foreach (var timer in timers) timer.Dispose();
    }

    private async Task DisposeInstanceAsync()
    {
        switch (GrainInstance)
        {
            case IAsyncDisposable disposable:
                await QuietlyAsync(() => disposable.DisposeAsync().AsTask(), nameof(IAsyncDisposable.DisposeAsync));
                break;
            case IDisposable disposable:
                await QuietlyAsync(() => { disposable.Dispose(); return Task.CompletedTask; }, nameof(IDisposable.Dispose));
                break;
        }

        if (_scope is IAsyncDisposable scope) await QuietlyAsync(() => scope.DisposeAsync().AsTask(), "scope");
    }

    private async Task QuietlyAsync(Func<Task> end, string what)
    {
        try
        {
            await end();
        }
        catch (Exception exception)
        {
            // An end is not stopped by the grain's own failure to say goodbye.
            Class.Log.DeactivationStepFailed(exception, GrainId, what);
        }
    }

    private Task QuietlyAsync(Task end, string what) => QuietlyAsync(() => end, what);
}
