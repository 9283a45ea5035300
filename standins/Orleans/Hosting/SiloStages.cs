using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>What the silo itself does as it starts and stops: when it takes calls, and when its grains go.</summary>
internal sealed class SiloStages(ActivationDirectory directory) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe<SiloStages>(ServiceLifecycleStage.RuntimeGrainServices, Become(SiloStatus.Joining), Become(SiloStatus.Dead));
        lifecycle.Subscribe<SiloStages>(ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, StopGrainsAsync);
        lifecycle.Subscribe<SiloStages>(ServiceLifecycleStage.Active, Become(SiloStatus.Active), Become(SiloStatus.ShuttingDown));
    }

    private Func<CancellationToken, Task> Become(SiloStatus status) => _ =>
    {
        directory.Status = status;
        return Task.CompletedTask;
    };

    private Task StopGrainsAsync(CancellationToken cancellationToken)
    {
        directory.Status = SiloStatus.Stopping;
        return directory.DeactivateAllAsync(cancellationToken);
    }
}
