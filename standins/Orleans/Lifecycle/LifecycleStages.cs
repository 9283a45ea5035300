namespace Orleans;

/// <summary>Observers by stage: started stage after stage, each stage at once; stopped in the reverse order.</summary>
internal abstract class LifecycleStages : ILifecycleSubject
{
    private readonly List<Subscription> _subscriptions = [];
    private int? _highestStarted;

    protected virtual void OnStageStarted(int stage)
    {
    }

    protected virtual void OnStageStopped(int stage)
    {
    }

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (_highestStarted is { } started && stage <= started)
            throw new InvalidOperationException($"{observerName} subscribes to stage {stage}, which has started already.");

        var subscription = new Subscription(this, observerName, stage, observer);
        lock (_subscriptions) _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        foreach (var group in Groups().OrderBy(group => group.Key))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _highestStarted = group.Key;
            await Task.WhenAll(group.Select(subscription => subscription.Observer.OnStart(cancellationToken)));
            OnStageStarted(group.Key);
        }

        lock (_subscriptions)
        {
            if (_subscriptions.Count == 0) _subscriptions.TrimExcess();
        }
    }

    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        if (_highestStarted is not { } highest) return;

        List<Exception> failures = [];
        foreach (var group in Groups().Where(group => group.Key <= highest).OrderByDescending(group => group.Key))
        {
            try
            {
                await Task.WhenAll(group.Select(subscription => subscription.Observer.OnStop(cancellationToken)));
            }
            catch (Exception exception)
            {
                // The stages below must stop even when one above could not.
                failures.Add(exception);
            }

            OnStageStopped(group.Key);
        }

        _highestStarted = null;
        if (failures.Count > 0) throw new AggregateException("Some lifecycle stages did not stop cleanly.", failures);
    }

    private IGrouping<int, Subscription>[] Groups()
    {
        lock (_subscriptions) return [.. _subscriptions.GroupBy(subscription => subscription.Stage)];
    }

    private sealed class Subscription(LifecycleStages owner, string name, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage { get; } = stage;

        public ILifecycleObserver Observer { get; } = observer;

        public void Dispose()
        {
            lock (owner._subscriptions) owner._subscriptions.Remove(this);
        }

        public override string ToString() => $"{name} at {Stage}";
    }
}
