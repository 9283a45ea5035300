using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Actors.Silo.Health;

/// <summary>Whether this silo takes work at the moment, and what stands in the way.</summary>
internal sealed class SiloReadiness(
    IHostApplicationLifetime lifetime, IClusterMembershipService membership, ILocalSiloDetails silo, SiloLease lease, DatabaseProbe database)
{
    /// <summary>Null: nothing.</summary>
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
