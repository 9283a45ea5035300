namespace Orleans;

/// <summary>Observers by stage: started stage after stage, each stage at once; stopped in the reverse order.</summary>
internal abstract class LifecycleStages : ILifecycleSubject
{
    // In the order of their stages. Every activation has one of these, mostly with one observer: no look at it may cost much.
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
        lock (_subscriptions)
        {
            var place = _subscriptions.Count;
            while (place > 0 && _subscriptions[place - 1].Stage > stage) place--;
            _subscriptions.Insert(place, subscription);
        }

        return subscription;
    }

    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        var all = Subscriptions();
        for (var first = 0; first < all.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stage = all[first].Stage;
            var end = first + 1;
            while (end < all.Length && all[end].Stage == stage) end++;
            _highestStarted = stage;
            await EachAsync(all.AsSpan(first, end - first), static (observer, token) => observer.OnStart(token), cancellationToken);
            OnStageStarted(stage);
            first = end;
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
        var all = Subscriptions();
        for (var end = all.Length; end > 0;)
        {
            var stage = all[end - 1].Stage;
            var first = end - 1;
            while (first > 0 && all[first - 1].Stage == stage) first--;
            if (stage <= highest)
            {
                try
                {
                    await EachAsync(all.AsSpan(first, end - first), static (observer, token) => observer.OnStop(token), cancellationToken);
                }
                catch (Exception exception)
                {
                    // The stages below must stop even when one above could not.
                    failures.Add(exception);
                }

                OnStageStopped(stage);
            }

            end = first;
        }

        _highestStarted = null;
        if (failures.Count > 0) throw new AggregateException("Some lifecycle stages did not stop cleanly.", failures);
    }

    private static Task EachAsync(
        ReadOnlySpan<Subscription> stage, Func<ILifecycleObserver, CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        if (stage.Length == 1) return step(stage[0].Observer, cancellationToken);

        var steps = new Task[stage.Length];
        for (var i = 0; i < steps.Length; i++) steps[i] = step(stage[i].Observer, cancellationToken);
        return Task.WhenAll(steps);
    }

    private Subscription[] Subscriptions()
    {
        lock (_subscriptions) return [.. _subscriptions];
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
