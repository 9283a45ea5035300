using Actors.Grains.Jobs;
using Actors.Silo.Packs;
using Actors.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Queue;

/// <summary>Tells the other silos that a job waits which this one has no slot for: at once, and then at most once in a while.</summary>
internal sealed partial class OtherSilos(
    ClusterCatalogue cluster, ILocalSiloDetails silo, IGrainFactory grains, IOptions<QueueOptions> options, TimeProvider time, ILogger<OtherSilos> logger)
    : BackgroundService
{
    private readonly Signal _wanted = new();

    /// <summary>Returns at once.</summary>
    public void Tell() => _wanted.Give();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _wanted.WaitAsync(stoppingToken);
            try
            {
                TellAll();
            }
            catch (Exception exception)
            {
                // The boundary of what nobody waits for: the others look by themselves, only later.
                LogFailed(exception);
            }

            await Task.Delay(options.Value.TellPause, time, stoppingToken);
        }
    }

    private void TellAll()
    {
        foreach (var other in cluster.Catalogue.Silos)
        {
            if (!other.Address.Equals(silo.SiloAddress))
            {
                PlacementHint.At(other.Address, grains.GetGrain<ILineGrain>(other.Address.ToParsableString()).LookAsync).Ignore();
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "The other silos were not told of a job that waits.")]
    private partial void LogFailed(Exception exception);
}
