using Actors.Grains.Jobs;
using Actors.Silo.Packs;
using Actors.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Queue;

/// <summary>Tells the other silos that a job waits which this one has no slot for: at once, and then at most once in a while.</summary>
internal sealed partial class OtherSilos(
    ClusterCatalogue cluster, ILocalSiloDetails silo, IGrainFactory grains, IOptions<QueueOptions> options, TimeProvider time, ILogger<OtherSilos> logger)
{
    private const int Idle = 0;
    private const int Telling = 1;
    private const int Wanted = 2;

    private int _state;

    /// <summary>Returns at once.</summary>
    public void Tell()
    {
        if (Interlocked.Exchange(ref _state, Wanted) == Idle)
        {
            // Neither in the turn of the grain that calls, nor in its context.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(TellAsync);
            }
        }
    }

    private async Task TellAsync()
    {
        do
        {
            Volatile.Write(ref _state, Telling);
            try
            {
                TellAll();
            }
            catch (Exception exception)
            {
                // The boundary of what nobody waits for: the others look by themselves, only later.
                LogFailed(exception);
            }

            await Task.Delay(options.Value.TellPause, time);
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Telling) == Wanted);
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
