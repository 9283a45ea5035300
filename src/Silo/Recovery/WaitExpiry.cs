using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Hosting;
using Actors.Silo.Packs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Recovery;

/// <summary>
/// Finds the jobs whose time is over while they wait: with a question that nobody answered, or in line for another attempt. What becomes of one
/// is its grain's to say, wherever it is.
/// </summary>
internal sealed partial class WaitExpiry(
    JobQueries jobs,
    SiloLease lease,
    PackContent content,
    FoundJobs found,
    IOptions<WaitExpiryOptions> options,
    TimeProvider time,
    ILogger<WaitExpiry> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(SweepAsync, options.Value.SweepEvery, time, LogFailed, stoppingToken);

    /// <summary>One batch of each: what is left, or could not be done, is found by the next look.</summary>
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (!lease.IsHeld)
        {
            return;
        }

        var size = options.Value.BatchSize;
        await EachAsync(await jobs.FindExpiredInputAsync(size, cancellationToken), grain => grain.ExpireInputAsync(), cancellationToken);
        await EachAsync(
            await jobs.FindOutOfTimeAsync(size, content.JobTools, cancellationToken), grain => grain.ExpireTotalTimeAsync(), cancellationToken);
    }

    private async Task EachAsync(IReadOnlyList<JobKey> keys, Func<IJobAttemptGrain, Task> expire, CancellationToken cancellationToken)
    {
        await found.CallAsync(
            keys,
            options.Value.Parallelism,
            expire,
            (job, exception) => LogNotExpired(job.Tenant, job.Id, FoundJobs.IsElsewhere(exception) ? null : exception),
            cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Looking for jobs whose time is over failed; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Debug, "Job {Tenant}/{JobId}, whose time is over, is left to the next look.")]
    private partial void LogNotExpired(string tenant, string jobId, Exception? exception);
}
