using Actors.Jobs;
using Actors.Silo.Packs;
using Actors.Storage.Jobs;
using Actors.Storage.Queue;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Queue;

/// <summary>Tells a job that waits where it stands, which limit holds it back, and when it is likely to start.</summary>
internal sealed class QueuePlaces(LinePlaces line, LimitCache limits, PackContent content, IOptions<QueueOptions> options, TimeProvider time)
{
    private const double SlowestRate = 1e-4;

    private readonly Lock _lock = new();
    private Task<Occupancy>? _running;
    private long _countedAt;

    public async Task<QueuePlace> OfAsync(JobRow job)
    {
        var most = options.Value.MaxCountedAhead;
        var now = time.GetUtcNow();
        var place = await line.OfAsync(job, most + 1, now);
        var limit = await BindingAsync(job);
        return new QueuePlace
        {
            Ahead = Math.Min(place.Ahead, most),
            IsAtLeast = place.Ahead > most,
            Limit = limit is null ? null : Words(limit.Kind, job.Tool),
            LimitValue = limit?.Value,
            LimitCurrent = limit?.Current,
            LikelyStart = LikelyStart(job, place, now),
        };
    }

    private static DateTimeOffset? LikelyStart(JobRow job, PlaceInLine place, DateTimeOffset now)
    {
        DateTimeOffset? turn = place.StartsPerSecond > SlowestRate ? now.AddSeconds((place.Ahead + 1) / place.StartsPerSecond) : null;
        return job.RunAt <= now ? turn : turn > job.RunAt ? turn : job.RunAt;
    }

    private static string Words(RunningLimit kind, string tool) => kind switch
    {
        RunningLimit.Tenant => "running jobs of the tenant",
        RunningLimit.Principal => "running jobs of yours",
        RunningLimit.Tool => $"running jobs of the tool '{tool}'",
        _ => $"running jobs of the tool '{tool}' in the tenant",
    };

    private async Task<BindingLimit?> BindingAsync(JobRow job)
    {
        var tenant = await limits.OfAsync(job.Owner.Tenant);
        var terms = content.FindTool(job.Tool)?.Job;
        var tool = new ToolLimits(terms?.MaxRunning ?? 0, terms?.MaxRunningPerTenant ?? 0);
        return tenant.LimitsRunning || tool.LimitsRunning
            ? (await RunningAsync()).Binding(new PrincipalKey(job.Owner.Tenant, job.Owner.Issuer, job.Owner.Subject), job.Tool, tenant, tool)
            : null;
    }

    /// <summary>One count for all who ask within a while.</summary>
    private Task<Occupancy> RunningAsync()
    {
        lock (_lock)
        {
            if (_running is null || _running.IsFaulted || time.GetElapsedTime(_countedAt) >= options.Value.PlaceAge)
            {
                _countedAt = time.GetTimestamp();
                _running = CountAsync();
            }

            return _running;
        }
    }

    private async Task<Occupancy> CountAsync() => new(await line.OwnedAsync());
}
