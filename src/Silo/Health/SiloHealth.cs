using Actors.Storage;
using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Actors.Silo.Health;

/// <summary>Whether this silo lives, and whether it takes work at the moment; what it says is what stands in the way, null for nothing.</summary>
internal sealed class SiloHealth(
    IHostApplicationLifetime lifetime,
    IClusterMembershipService membership,
    ILocalSiloDetails silo,
    SiloLease lease,
    DatabaseProbe database,
    IOptions<StorageOptions> storage)
{
    /// <summary>A renewal gives up after the lease's duration and tries again: several of those without a try is a hang.</summary>
    private const int StuckAfterDurations = 4;

    /// <summary>Restarting would help. That the database is away is no such thing.</summary>
    public string? Fault() =>
        !lifetime.ApplicationStopping.IsCancellationRequested && lease.SinceLastTry > storage.Value.Lease.Duration * StuckAfterDurations
            ? $"the lease's renewal is stuck since {lease.SinceLastTry.TotalSeconds:0} s"
            : null;

    public async Task<string?> ObstacleAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return "draining";
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
            return "not a member of the cluster yet";
        if (membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress) is not SiloStatus.Active and var status)
            return $"in the cluster it is {status}";
        if (!lease.IsHeld)
            return "the lease is not held";
        return await database.AnswersAsync(cancellationToken) ? null : "the database does not answer";
    }
}
