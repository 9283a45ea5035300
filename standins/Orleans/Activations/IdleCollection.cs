using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>Deactivates grains that nobody has used for their class's collection age.</summary>
internal sealed class IdleCollection(
    ActivationDirectory directory, IOptions<GrainCollectionOptions> options, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<IdleCollection>(ServiceLifecycleStage.BecomeActive, Start, Stop);

    /// <summary>Collects what has been idle for at least the age, or for its class's own age when none is given.</summary>
    public void Collect(TimeSpan? age)
    {
        var now = directory.NowTicks;
        foreach (var activation in directory.All)
        {
            var limit = age ?? activation.Class.CollectionAge;
            if (limit != Timeout.InfiniteTimeSpan && activation.IsValid && !activation.IsBusy && activation.IdleFor(now) >= limit)
                activation.Collect(limit);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _loop = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(options.Value.CollectionQuantum, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token)) Collect(null);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
    }
}
