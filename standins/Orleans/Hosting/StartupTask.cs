using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>A piece of the application's own start, run at a stage of the silo's lifecycle.</summary>
internal sealed class StartupTask(IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> run, int stage)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<StartupTask>(stage, cancellationToken => run(services, cancellationToken));
}
