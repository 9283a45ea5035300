using Microsoft.Extensions.Hosting;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.References;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloHostedService(
    SiloLifecycle lifecycle, OptionsValidation validation, IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants,
    IEnumerable<ChosenClustering> clustering, ReferenceFactory references, CallRouter router) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        validation.Validate();
        if (!clustering.Any())
            throw new OrleansConfigurationException(
                "Clustering has not been configured. Configure clustering with one of the clustering providers, such as UseLocalhostClustering.");

        // These two complete the directory, so they must exist before the first call.
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(router);
        foreach (var participant in participants) participant.Participate(lifecycle);
        return lifecycle.OnStart(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => lifecycle.OnStop(cancellationToken);
}
