using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Hosting;
using Actors.Silo.Packs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Silos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Recovery;

/// <summary>
/// Finds the jobs whose silo's lease is gone, and takes over this silo's share of them, so that no survivor gets all. Now and then
/// it takes whatever is left: a share may be that of a silo that is gone as well.
/// </summary>
internal sealed partial class OrphanRecovery(
    JobQueries jobs,
    SiloTable silos,
    SiloLease lease,
    PackContent content,
    ClusterCatalogue catalogue,
    FoundJobs found,
    IOptions<RecoveryOptions> options,
    TimeProvider time,
    ILogger<OrphanRecovery> logger) : BackgroundService
{
    private const int GiveUpsPerPatience = 10;

    private static readonly TimeSpan MostBetweenGiveUps = TimeSpan.FromMinutes(1);

    private readonly string[] _tools = content.JobTools;
    private long _epoch;
    private long _heldSince;
    private long _gaveUpAt;
    private int _look;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Duty.RepeatAsync(LookAsync, options.Value.LookEvery, time, LogFailed, stoppingToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!lease.IsHeld)
        {
            return;
        }

        var everything = ++_look % options.Value.LooksPerSweep == 0;
        var share = await ShareAsync(everything, cancellationToken);
        await EachAsync(
            (page, last) => jobs.FindOrphansAsync(page, share, last, cancellationToken),
            grain => grain.RecoverAsync(),
            LogRecovered,
            cancellationToken);
        if (everything && IsTimeToGiveUp())
        {
            await GiveUpAsync(cancellationToken);
        }
    }

    private async Task<OrphanShare> ShareAsync(bool everything, CancellationToken cancellationToken)
    {
        var own = OthersMayReturn() ? lease.Silo : null;
        if (everything)
        {
            return new OrphanShare(_tools, own);
        }

        var live = await silos.LiveAsync(cancellationToken);
        var index = live.ToList().FindIndex(one => one.Name == lease.Silo);
        return index < 0 ? new OrphanShare(_tools, own) : new OrphanShare(_tools, own, index, live.Count);
    }

    /// <summary>
    /// Just after this silo got its lease the others may be about to get theirs, after the same outage of the database: their jobs are
    /// left to them for as long as a lease lasts. Its own name's jobs it has at once.
    /// </summary>
    private bool OthersMayReturn()
    {
        if (_epoch != lease.Epoch)
        {
            _epoch = lease.Epoch;
            _heldSince = time.GetTimestamp();
        }

        return time.GetElapsedTime(_heldSince) < lease.Duration;
    }

    // It walks through all of the line's lanes, for jobs that have waited for a day.
    private bool IsTimeToGiveUp()
    {
        var every = options.Value.MissingToolPatience / GiveUpsPerPatience;
        if (_gaveUpAt != 0 && time.GetElapsedTime(_gaveUpAt) < (every < MostBetweenGiveUps ? every : MostBetweenGiveUps))
        {
            return false;
        }

        _gaveUpAt = time.GetTimestamp();
        return true;
    }

    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        string[] offered = [.. catalogue.Catalogue.Tools.Select(tool => tool.Name)];
        var before = time.GetUtcNow() - options.Value.MissingToolPatience;
        await EachAsync(
            (page, last) => jobs.FindWithoutToolAsync(page, offered, before, last, cancellationToken),
            grain => grain.GiveUpAsync(),
            LogGivenUp,
            cancellationToken);
    }

    private async Task EachAsync(
        Func<int, JobKey?, Task<IReadOnlyList<JobKey>>> find,
        Func<IJobAttemptGrain, Task> call,
        Action<int, int> log,
        CancellationToken cancellationToken)
    {
        JobKey? last = null;
        IReadOnlyList<JobKey> page;
        do
        {
            page = await find(options.Value.PageSize, last);
            if (page.Count == 0)
            {
                return;
            }

            log(await found.CallAsync(page, options.Value.Parallelism, call, NoteFailed, cancellationToken), page.Count);
            last = page[^1];
        }
        while (page.Count == options.Value.PageSize);
    }

    private void NoteFailed(JobKey job, Exception exception)
    {
        if (FoundJobs.IsElsewhere(exception))
        {
            LogElsewhere(job.Tenant, job.Id, exception.Message);
        }
        else
        {
            LogNotRecovered(job.Tenant, job.Id, exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "Recovered {Recovered} of {Found} jobs without an owner.")]
    private partial void LogRecovered(int recovered, int found);

    [LoggerMessage(LogLevel.Warning, "Gave up {Done} of {Found} jobs whose tool no silo has had for too long.")]
    private partial void LogGivenUp(int done, int found);

    [LoggerMessage(LogLevel.Debug, "Job {Tenant}/{JobId} is not recovered here now: {Reason}")]
    private partial void LogElsewhere(string tenant, string jobId, string reason);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} could not be recovered; it is tried again.")]
    private partial void LogNotRecovered(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Looking for jobs without an owner failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
