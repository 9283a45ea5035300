using System.Reflection;
using Orleans.Activations;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Wire;

namespace Orleans.Calls;

/// <summary>
/// One call on its way: the message that a transport would carry (target, interface, method, arguments, request
/// context) and, in the caller's process, the place where the answer arrives. The arguments are fields of the
/// emitted subclass of the method, so a call costs this one object.
/// </summary>
internal abstract partial class GrainCall : IRequest
{
    private const int Open = 0;
    private const int Settled = 1;

    private int _state;
    private CancellationTokenSource? _cancellation;
    private CancellationTokenRegistration _callerCancellation;
    private CancellationToken _callerToken;
    private TaskCompletionSource<Response>? _intercepted;
    private object? _filterTarget;

    public abstract CallMethod Method { get; }

    public GrainReference Target { get; private set; } = null!;

    public IGrainContext? Source { get; private set; }

    public Dictionary<string, object>? Context { get; set; }

    /// <summary>The activation that took the call; the address for a cancellation that comes later.</summary>
    public Activation? Host { get; set; }

    /// <summary>Who waits for the answer in another process; null where the caller awaits this object.</summary>
    public ICallOrigin? Origin { get; set; }

    public InvokeMethodOptions Options { get; private set; }

    public bool IsOneWay => (Options & InvokeMethodOptions.OneWay) != 0;

    public bool IsReadOnly => (Options & InvokeMethodOptions.ReadOnly) != 0;

    public bool IsAlwaysInterleave => (Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    /// <summary>The caller has its answer, or has given up; a call that was not started by then never starts.</summary>
    public bool IsSettled => Volatile.Read(ref _state) == Settled;

    /// <summary>True for work of the activation itself, which ends with it instead of moving to the next one.</summary>
    public virtual bool IsLocalOnly => false;

    /// <summary>Whether the call counts as use of the grain.</summary>
    public virtual bool KeepsAlive => true;

    public virtual bool IsCancellable => false;

    /// <summary>Which class of calls a message makes anew from the method's name.</summary>
    public virtual CallKind Kind => CallKind.Method;

    // Links of the lists that hold open calls: PendingCalls' by deadline, the activation's of waiting calls.
    internal GrainCall? PendingPrevious { get; set; }

    internal GrainCall? PendingNext { get; set; }

    internal PendingCalls? PendingOwner { get; set; }

    internal int PendingShard { get; set; }

    internal long DeadlineTicks { get; set; }

    internal GrainCall? WaitNext { get; set; }

    /// <summary>The method's CancellationToken argument, if it has one.</summary>
    protected virtual CancellationToken Token
    {
        get => CancellationToken.None;
        set => throw new NotSupportedException($"{Method.Name} takes no CancellationToken.");
    }

    /// <summary>Runs the method on the activation's instance, in its turn. True when the call is over on return.</summary>
    public abstract bool Start(Activation host);

    public abstract ValueTask<Response> Invoke();

    /// <summary>The arguments, for another process; a CancellationToken does not cross.</summary>
    public virtual void WriteArguments(ref WireWriter writer) => (Method.Arguments ?? throw StaysHere()).Write(ref writer, this);

    /// <summary>Reads what WriteArguments wrote, into a call that CallCatalog made.</summary>
    public virtual void ReadArguments(ref WireReader reader) => (Method.Arguments ?? throw StaysHere()).Read(ref reader, this);

    /// <summary>The result of a call with an Origin, once that was told of it.</summary>
    public virtual void WriteResult(ref WireWriter writer) => throw StaysHere();

    /// <summary>Ends the call, on its caller's side, with what WriteResult wrote.</summary>
    public virtual void ReadResult(ref WireReader reader) => throw StaysHere();

    /// <summary>Gives the answer to whoever awaits the call.</summary>
    protected abstract void SetResponse(Response response);

    protected abstract void SetException(Exception exception);

    /// <summary>Fills the header on the caller's side. False when the call was cancelled before it began.</summary>
    protected bool Prepare(GrainReference target)
    {
        Target = target;
        Options |= Method.Options;
        Source = RuntimeContext.Current;
        Context = RequestContextValues.Export();
        return !IsCancellable || PrepareCancellation();
    }

    protected object FilterTarget => _filterTarget!;

    private bool PrepareCancellation()
    {
        var token = Token;
        if (!token.CanBeCanceled) return true;

        if (token.IsCancellationRequested)
        {
            if (TrySettle()) SetException(new OperationCanceledException(token));
            return false;
        }

        _callerToken = token;
        _cancellation = new CancellationTokenSource();
        Token = _cancellation.Token;
        _callerCancellation = token.UnsafeRegister(static state => ((GrainCall)state!).OnCallerCancelled(), this);
        return true;
    }

    private void OnCallerCancelled()
    {
        CancelAtGrain();
        if (!Target.Shared.References.Router.WaitForCancellationAcknowledgement)
            Fail(new OperationCanceledException(_callerToken));
    }

    /// <summary>Tells the grain, in its own turn, that nobody wants this call any more.</summary>
    public void CancelAtGrain()
    {
        if (_cancellation is not { } cancellation) return;

        if (Host is { } host) host.Turns.QueueAction(static state => ((CancellationTokenSource)state).Cancel(), cancellation);
        else cancellation.Cancel();
        _link?.Cancel(_linkId);
    }

    public bool TryCancel()
    {
        if (_cancellation is null) return false;

        _cancellation.Cancel();
        return true;
    }

    /// <summary>True for the first of: answer, timeout, cancellation. Nothing after it counts.</summary>
    protected bool TrySettle()
    {
        if (Interlocked.Exchange(ref _state, Settled) != Open) return false;

        PendingOwner?.Remove(this);
        _link?.Forget(_linkId);
        if (_cancellation is not null) _callerCancellation.Unregister();
        return true;
    }

    /// <summary>Before a call starts: false when it was cancelled while it waited.</summary>
    protected bool CanStart()
    {
        if (_cancellation is not { IsCancellationRequested: true }) return true;

        Fail(new OperationCanceledException(_callerToken));
        return false;
    }

    public void Fail(Exception exception)
    {
        if (!TrySettle()) return;

        if (Origin is { } origin) origin.Failed(this, exception);
        else if (_intercepted is { } intercepted) intercepted.TrySetResult(Response.FromException(exception));
        else SetException(exception);
    }

    public void Complete(Response response)
    {
        if (response.Exception is { } exception)
        {
            Fail(exception);
            return;
        }

        if (!TrySettle()) return;

        if (_intercepted is { } intercepted) intercepted.TrySetResult(response);
        else SetResponse(response);
        Origin?.Answered(this);
    }

    protected bool TryIntercept(Response response) => _intercepted?.TrySetResult(response) ?? false;

    protected bool IsIntercepted => _intercepted is not null;

    /// <summary>For outgoing filters: the answer comes here first, and ReturnToCaller hands it on.</summary>
    public Task<Response> Intercept()
    {
        _intercepted = new TaskCompletionSource<Response>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _intercepted.Task;
    }

    public void ReturnToCaller(Response response)
    {
        if (response.Exception is { } exception) SetException(exception);
        else SetResponse(response);
    }

    private NotSupportedException StaysHere() => new($"{this} is not sent to another process.");

    public object? GetTarget() => _filterTarget;

    public void SetTarget(ITargetHolder holder) => _filterTarget = holder.GetTarget();

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceType.FullName!;

    public string GetActivityName() => Method.ActivityName;

    public MethodInfo GetMethod() => Method.Method;

    public Type GetInterfaceType() => Method.InterfaceType;

    public TimeSpan? GetDefaultResponseTimeout() => Method.Timeout;

    public CancellationToken GetCancellationToken() => Token;

    public void AddInvokeMethodOptions(InvokeMethodOptions options) => Options |= options;

    public override string ToString() => $"[{Target?.GrainId}].{Method.InterfaceType.Name}.{Method.Name}";

    public void Dispose()
    {
    }
}
