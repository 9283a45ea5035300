using Actors.Storage.Jobs;
using Actors.Storage.Leases;

namespace Actors.Bench.Simulation.Model;

/// <summary>What runs where. Every process has a machine of its own, unless <see cref="IsOneMachine"/>.</summary>
internal sealed record Deployment
{
    public int Frontends { get; init; } = 1;

    public int Silos { get; init; } = 1;

    /// <summary>Of each frontend and each silo.</summary>
    public int CoresEach { get; init; } = 8;

    /// <summary>Of each database.</summary>
    public int PostgresCores { get; init; } = 8;

    /// <summary>Each with a PostgreSQL, a disk and a share of the silos of its own: a group of tenants.</summary>
    public int Databases { get; init; } = 1;

    /// <summary>Everything shares <see cref="CoresEach"/>, the driver too.</summary>
    public bool IsOneMachine { get; init; }

    /// <summary>Actors:Attempts:MaxRunningAttempts, by default.</summary>
    public int SlotsPerSilo { get; init; } = 1000;

    /// <summary>Actors:Queue:MaxClaim, by default.</summary>
    public int MaxClaim { get; init; } = 256;

    /// <summary>Actors:Queue:LookEvery, by default.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    public int WriterConnections { get; init; } = new JobStorageOptions().WriterConnections;

    public int BatchRows { get; init; } = new JobStorageOptions().BatchRows;

    /// <summary>How many rows must wait for a further connection to join in.</summary>
    public int Crowd => new JobStorageOptions { BatchRows = BatchRows }.Crowd;

    public TimeSpan RenewEvery { get; init; } = new LeaseOptions().RenewEvery;
}
