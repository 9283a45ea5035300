using System.Diagnostics;
using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>
/// Runs everything that belongs to one activation, one thing at a time: calls as they arrive, and, being the current
/// TaskScheduler while they run, the continuations of their awaits.
/// </summary>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IWorkItemScheduler, IThreadPoolWorkItem
{
    // After this long the thread goes back to the pool, so that one busy grain cannot starve the others.
    private static readonly long QuantumTicks = Stopwatch.Frequency / 10;

    private static readonly ExecutionContext NoContext = CaptureNoContext();

    private readonly Queue<object> _items = new();
    private bool _scheduled;
    private GrainCall? _now;

    public override int MaximumConcurrencyLevel => 1;

    public void Enqueue(object item)
    {
        lock (_items)
        {
            _items.Enqueue(item);
            if (_scheduled) return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>
    /// Gives a call its turn here and now, on the caller's thread, if nothing has or awaits one: an answer that is in memory costs
    /// neither a change of threads nor what it takes to wait for it.
    /// </summary>
    public bool TryRunNow(GrainCall call)
    {
        lock (_items)
        {
            if (_scheduled) return false;
            _scheduled = true;
        }

        _now = call;
        ExecutionContext.Run(
            NoContext,
            static state => new Task(static inner => ((TurnScheduler)inner!).PumpNow(), state, TaskCreationOptions.DenyChildAttach)
                .RunSynchronously((TurnScheduler)state!),
            this);
        return true;
    }

    public void QueueAction(Action action) => Enqueue(new TurnWork(static state => ((Action)state)(), action));

    public void QueueAction(Action<object> action, object state) => Enqueue(new TurnWork(action, state));

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    // A task on this scheduler is what makes it the current one for the awaits inside; it runs here and now.
    void IThreadPoolWorkItem.Execute() =>
        new Task(static state => ((TurnScheduler)state!).Pump(), this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);

    protected override void QueueTask(Task task) => Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        // Only the pump, and what is started and waited for inside this activation's own turn.
        var isPump = ReferenceEquals(task.AsyncState, this);
        if (!isPump && !ReferenceEquals(RuntimeContext.Current, activation)) return false;

        return !taskWasPreviouslyQueued && TryExecuteTask(task);
    }

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_items) return [.. _items.OfType<Task>()];
    }

    private void Pump()
    {
        var outer = RuntimeContext.Current;
        RuntimeContext.Current = activation;
        try
        {
            if (RunItems()) return;
        }
        finally
        {
            RuntimeContext.Current = outer;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void PumpNow()
    {
        RuntimeContext.Current = activation;
        try
        {
            Accept(_now!);
        }
        finally
        {
            _now = null;
            RuntimeContext.Current = null;
        }

        lock (_items)
        {
            // What came meanwhile is not the caller's to wait for.
            _scheduled = _items.Count > 0;
            if (!_scheduled) return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>True when nothing is left, false when the quantum is over.</summary>
    private bool RunItems()
    {
        var startedAt = Stopwatch.GetTimestamp();
        for (var count = 1; ; count++)
        {
            object? item;
            lock (_items)
            {
                if (!_items.TryDequeue(out item))
                {
                    _scheduled = false;
                    return true;
                }
            }

            Run(item);
            if ((count & 15) == 0 && Stopwatch.GetTimestamp() - startedAt > QuantumTicks) return false;
        }
    }

    private void Accept(GrainCall call)
    {
        try
        {
            activation.Accept(call);
        }
        catch (Exception exception)
        {
            // Whatever failed around the method, the caller hears of it and the turns go on.
            call.Fail(exception);
        }
    }

    private void Run(object item)
    {
        switch (item)
        {
            case GrainCall call:
                Accept(call);
                break;
            case Task task:
                TryExecuteTask(task);
                break;
            case TurnWork work:
                activation.Run(work);
                break;
            default:
                throw new UnreachableException($"Unexpected work: {item.GetType()}.");
        }
    }

    private static ExecutionContext CaptureNoContext()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
