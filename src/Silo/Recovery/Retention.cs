using Actors.Grains.Sessions;
using Actors.Silo.Hosting;
using Actors.Storage.Retention;
using Actors.Storage.Sessions;
using Actors.Storage.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Recovery;

/// <summary>
/// Discards the records of jobs that ended, once their time is over, and sessions that nobody uses any more: in small transactions with rests between.
/// </summary>
internal sealed partial class Retention(
    ExpiredJobs jobs, SessionTable sessions, SiloTable silos, IOptions<RetentionOptions> options, IOptions<SessionLimits> sessionLimits, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(SweepAsync, options.Value.SweepEvery, time, LogFailed, stoppingToken);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await EachAsync(() => jobs.ClearAsync(options.Value.ClearAfter, options.Value.BatchEntries, cancellationToken), cancellationToken);
        await DiscardAsync(cancellationToken);
        // What is stored of a session's last use lags behind a little.
        var idle = sessionLimits.Value.IdleTimeout * (1 + (2 * sessionLimits.Value.LastSeenAccuracy));
        await EachAsync(
            async () => await sessions.PurgeAsync(idle, options.Value.BatchSize, cancellationToken) == options.Value.BatchSize, cancellationToken);
        await silos.ForgetAsync(options.Value.KeepSilos, cancellationToken);
    }

    private async Task DiscardAsync(CancellationToken cancellationToken)
    {
        var (total, discarded) = (0, new DiscardedJobs(0, null));
        await EachAsync(
            async () =>
            {
                discarded = await jobs.DiscardAsync(options.Value.BatchSize, discarded.Until, cancellationToken);
                total += discarded.Count;
                return discarded.Count == options.Value.BatchSize;
            },
            cancellationToken);
        if (total > 0)
        {
            LogDiscarded(total);
        }
    }

    /// <summary>One transaction after the other while there is more to do, with rests between in which the load has the database to itself.</summary>
    private async Task EachAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            var startedAt = time.GetTimestamp();
            if (!await work())
            {
                return;
            }

            var rest = time.GetElapsedTime(startedAt) * options.Value.RestPerWork;
            await Task.Delay(rest > options.Value.Rest ? rest : options.Value.Rest, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Discarded {Count} expired jobs.")]
    private partial void LogDiscarded(int count);

    [LoggerMessage(LogLevel.Warning, "Discarding expired jobs failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
