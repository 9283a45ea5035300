using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Activations;

// Everything here but TryReceive and MayRunNow runs in the activation's turns, so nothing here is locked.
internal sealed partial class Activation
{
    private readonly List<GrainCall> _running = [];
    private Dictionary<Guid, int>? _reentrantSections;
    private GrainCall? _blocking;
    private WaitingCalls _waiting;
    private bool _admitting;
    private int _openCalls;

    public bool IsBusy => _running.Count > 0 || _blocking is not null || _waiting.Count > 0;

    public override bool TryReceive(GrainCall call)
    {
        if (_state == ActivationState.Invalid) return false;

        call.Host = this;
        if (_pool is not null) Interlocked.Increment(ref _openCalls);
        if (!MayRunNow(call) || !Turns.TryRunNow(call)) Turns.Enqueue(call);
        return true;
    }

    // A look that interleaves with everything anyway, from outside of all turns and of any context that continuations would go to.
    private bool MayRunNow(GrainCall call) =>
        call.IsAlwaysInterleave && call.Origin is null && _state == ActivationState.Valid
        && RuntimeContext.Current is null && SynchronizationContext.Current is null;

    /// <summary>For the pool of a stateless worker: calls taken that are not over.</summary>
    public int OpenCalls => Volatile.Read(ref _openCalls);

    public void Accept(GrainCall call)
    {
        if (call.KeepsAlive) _lastUsedTicks = _directory.NowTicks;
        switch (_state)
        {
            case ActivationState.Creating:
                Wait(call);
                Begin(call);
                break;
            case ActivationState.Valid when MayStart(call):
                StartAndFollowUp(call);
                break;
            case ActivationState.Deactivating when call.IsLocalOnly && !_finishing && MayStart(call):
                // Timers tick on for the calls that have yet to end.
                Start(call);
                break;
            case ActivationState.Invalid:
                Reroute(call);
                break;
            default:
                Wait(call);
                break;
        }
    }

    public void Run(TurnWork work)
    {
        try
        {
            work.Run();
        }
        catch (Exception exception)
        {
            // The runtime's own work, such as a cancellation whose callbacks threw: the activation must go on.
            Class.Log.TurnWorkFailed(exception, GrainId);
        }
    }

    /// <summary>Called in the activation's turn when a call that outlived its first part is over.</summary>
    public void OnCompleted(GrainCall call)
    {
        _running.Remove(call);
        OnOver();
        if (call.KeepsAlive) _lastUsedTicks = _directory.NowTicks;
        if (ReferenceEquals(_blocking, call)) _blocking = NextBlocking();
        if (_waiting.Count > 0 && _state == ActivationState.Valid)
            // Not from here: this turn still carries the finished call's execution context.
            Turns.QueueAction(static state => ((Activation)state).AdmitWaiting(), this);
        if (_running.Count == 0) OnQuiet();
    }

    void Core.Internal.ICallChainReentrantGrainContext.OnEnterReentrantSection(Guid reentrancyId)
    {
        var sections = _reentrantSections ??= [];
        sections[reentrancyId] = sections.GetValueOrDefault(reentrancyId) + 1;
        if (_waiting.Count > 0) Turns.QueueAction(static state => ((Activation)state).AdmitWaiting(), this);
    }

    void Core.Internal.ICallChainReentrantGrainContext.OnExitReentrantSection(Guid reentrancyId)
    {
        if (_reentrantSections?.GetValueOrDefault(reentrancyId) is not > 0) return;
        if (--_reentrantSections[reentrancyId] == 0) _reentrantSections.Remove(reentrancyId);
    }

    private bool MayStart(GrainCall call) =>
        _blocking is null
        || call.IsAlwaysInterleave
        || Class.IsReentrant
        || (_blocking.IsReadOnly && call.IsReadOnly)
        || (_reentrantSections is { Count: > 0 } && IsInReentrantSection(call))
        || (Class.MayInterleave is not null && IsLetIn(call, _blocking));

    // By the class's [MayInterleave] predicate; a call for which it fails is over, and so is let through.
    private bool IsLetIn(GrainCall call, GrainCall blocking)
    {
        try
        {
            return Class.MayInterleave!(GrainInstance!, call) || Class.MayInterleave(GrainInstance!, blocking);
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            return true;
        }
    }

    private bool IsInReentrantSection(GrainCall call) =>
        call.Context?.GetValueOrDefault(RequestContext.ReentrancyIdKey) is Guid id && _reentrantSections!.ContainsKey(id);

    private void StartAndFollowUp(GrainCall call)
    {
        Start(call);
        if (_waiting.Count > 0) AdmitWaiting();
    }

    private void Start(GrainCall call)
    {
        if (call.Origin is { IsOver: true }) call.Fail(new TimeoutException("The caller has given up."));
        if (call.IsSettled)
        {
            OnOver();
            return;
        }

        var blocks = _blocking is null && !call.IsAlwaysInterleave;
        if (blocks) _blocking = call;
        var clean = ExecutionContext.Capture()!;
        bool isOver;
        try
        {
            if (call.Context is not null) RequestContext.Current = call.Context;
            isOver = Class.IncomingFilters is { } filters && !call.IsLocalOnly ? StartFiltered(call, filters) : call.Start(this);
        }
        finally
        {
            // What the method left in async locals must not reach the next call.
            if (!ReferenceEquals(ExecutionContext.Capture(), clean)) ExecutionContext.Restore(clean);
        }

        if (!isOver)
        {
            _running.Add(call);
            return;
        }

        if (blocks) _blocking = null;
        OnOver();
    }

    private void OnOver()
    {
        if (_pool is not null) Interlocked.Decrement(ref _openCalls);
    }

    private bool StartFiltered(GrainCall call, IIncomingGrainCallFilter[] filters)
    {
        var task = RunFilters(call, filters);
        if (task.IsCompleted) return true;

        _ = CompleteAfter(task, call);
        return false;
    }

    private async Task CompleteAfter(Task task, GrainCall call)
    {
        await task;
        OnCompleted(call);
    }

    private async Task RunFilters(GrainCall call, IIncomingGrainCallFilter[] filters)
    {
        var context = new IncomingCallContext(call, this, filters);
        try
        {
            await context.Invoke();
            call.Complete(context.Response!);
        }
        catch (Exception exception)
        {
            // What a filter or the grain throws is the call's answer.
            OnFault(exception);
            call.Fail(exception);
        }
    }

    private void Wait(GrainCall call)
    {
        var limit = Class.MaxWaitingCalls;
        if (limit > 0 && _waiting.Count >= limit && !call.IsLocalOnly)
        {
            call.Fail(new LimitExceededException("MaxEnqueuedRequests", _waiting.Count, limit, this));
            return;
        }

        _waiting.Add(call);
    }

    private void AdmitWaiting()
    {
        if (_admitting) return;

        _admitting = true;
        try
        {
            GrainCall? previous = null;
            var call = _waiting.First;
            while (call is not null && _state == ActivationState.Valid)
            {
                if (call.IsSettled || MayStart(call))
                {
                    var wasBlocked = _blocking is not null;
                    _waiting.Remove(call, previous);
                    Start(call);
                    // What the call released may let in those that were passed over.
                    if (wasBlocked && _blocking is null) previous = null;
                    call = previous is null ? _waiting.First : previous.WaitNext;
                    continue;
                }

                if (!MayPassOver()) return;
                previous = call;
                call = call.WaitNext;
            }
        }
        finally
        {
            _admitting = false;
        }
    }

    // Whether a call further back may start although one before it may not.
    private bool MayPassOver() =>
        _waiting.InterleavableCount > 0
        || _blocking is { IsReadOnly: true }
        || _reentrantSections is { Count: > 0 }
        || Class.MayInterleave is not null;

    // Of several read-only calls that run together, another one holds the door when the first is done.
    private GrainCall? NextBlocking()
    {
        foreach (var call in _running)
            if (!call.IsAlwaysInterleave) return call;

        return null;
    }

    /// <summary>Empties the queue of waiting calls into the given hands.</summary>
    private void DrainWaiting(Action<GrainCall> take)
    {
        while (_waiting.First is { } call)
        {
            _waiting.Remove(call, null);
            if (!call.IsSettled && !call.IsLocalOnly) take(call);
        }
    }

    private void Reroute(GrainCall call)
    {
        if (call.IsSettled || call.IsLocalOnly) return;

        call.Host = null;
        _directory.Router.Dispatch(call);
    }
}
