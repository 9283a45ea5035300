using Actors.Grains.Sessions;
using Actors.Storage.Jobs;
using Actors.Storage.Sessions;
using Actors.Storage.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Recovery;

/// <summary>Discards the records of jobs that ended, once their time is over, and sessions that nobody uses any more.</summary>
internal sealed partial class Retention(
    JobQueries jobs, SessionTable sessions, SiloTable silos, IOptions<RetentionOptions> options, IOptions<SessionLimits> sessionLimits, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The boundary of the loop: the database may be away for a moment, and nothing is lost by waiting.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        int discarded;
        do
        {
            discarded = await jobs.PurgeExpiredAsync(options.Value.BatchSize, cancellationToken);
            if (discarded > 0)
            {
                LogDiscarded(discarded);
            }
        }
        while (discarded == options.Value.BatchSize);
        // What is stored of a session's last use lags behind a little.
        var idle = sessionLimits.Value.IdleTimeout * (1 + (2 * sessionLimits.Value.LastSeenAccuracy));
        while (await sessions.PurgeAsync(idle, options.Value.BatchSize, cancellationToken) == options.Value.BatchSize)
        {
            // In batches, as above.
        }

        await silos.ForgetAsync(options.Value.KeepSilos, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Discarded {Count} expired jobs.")]
    private partial void LogDiscarded(int count);

    [LoggerMessage(LogLevel.Warning, "Discarding expired jobs failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
