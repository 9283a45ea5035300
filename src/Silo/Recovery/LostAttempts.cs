using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Hosting;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Recovery;

/// <summary>
/// Finds the jobs that are this silo's own, as running, and that it does not run: an activation that ended took its attempt with it. Nobody else
/// looks for them, since the silo lives. What is under way when it looks is not there when it looks again.
/// </summary>
internal sealed partial class LostAttempts(
    JobQueries jobs,
    AttemptRunner attempts,
    SiloLease lease,
    FoundJobs found,
    IOptions<RecoveryOptions> options,
    TimeProvider time,
    ILogger<LostAttempts> logger) : BackgroundService
{
    private HashSet<JobKey> _suspects = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A silo that has just started has lost none yet.
        await Task.Delay(options.Value.OwnLookEvery, time, stoppingToken);
        await Duty.RepeatAsync(LookAsync, options.Value.OwnLookEvery, time, LogFailed, stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!lease.IsHeld || attempts.IsClosed)
        {
            _suspects = [];
            return;
        }

        var running = attempts.Running.Select(attempt => attempt.Key);
        var lost = await jobs.FindWithoutAttemptAsync(lease.Current, running, options.Value.PageSize, cancellationToken);
        JobKey[] again = [.. lost.Where(_suspects.Contains)];
        foreach (var job in again)
        {
            LogLost(job.Tenant, job.Id);
        }

        await found.CallAsync(
            again,
            options.Value.Parallelism,
            grain => grain.RecoverAsync(),
            (job, exception) => LogNotRecovered(job.Tenant, job.Id, exception),
            cancellationToken);
        _suspects = [.. lost];
    }

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} is this silo's, and has no attempt here any more; it is recovered.")]
    private partial void LogLost(string tenant, string jobId);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} could not be recovered; it is tried again.")]
    private partial void LogNotRecovered(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Looking for jobs without an attempt failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
