using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Silo.Recovery;

/// <summary>Finds the jobs whose silo's lease is gone, and has their grains take them over.</summary>
internal sealed partial class OrphanRecovery(
    JobQueries jobs, IGrainFactory grains, IOptions<RecoveryOptions> options, TimeProvider time, ILogger<OrphanRecovery> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The boundary of the loop: the database may be away for a moment, and the next look finds the same jobs.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        JobKey? last = null;
        IReadOnlyList<JobKey> orphans;
        do
        {
            orphans = await jobs.FindOrphansAsync(options.Value.PageSize, last, cancellationToken);
            if (orphans.Count == 0)
            {
                return;
            }

            LogRecovered(await RecoverAsync(orphans, cancellationToken), orphans.Count);
            last = orphans[^1];
        }
        while (orphans.Count == options.Value.PageSize);
    }

    private async Task<int> RecoverAsync(IReadOnlyList<JobKey> orphans, CancellationToken cancellationToken)
    {
        var recovered = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(orphans, parallel, async (job, _) =>
        {
            try
            {
                await grains.GetGrain<IJobAttemptGrain>(job.ToString()).RecoverAsync();
                Interlocked.Increment(ref recovered);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One job's trouble is not another's: it is found again by the next look.
                LogNotRecovered(job.Tenant, job.Id, exception);
            }
        });
        return recovered;
    }

    [LoggerMessage(LogLevel.Information, "Recovered {Recovered} of {Found} jobs without an owner.")]
    private partial void LogRecovered(int recovered, int found);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} could not be recovered; it is tried again.")]
    private partial void LogNotRecovered(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Looking for jobs without an owner failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
