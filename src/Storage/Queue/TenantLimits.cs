namespace Actors.Storage.Queue;

/// <summary>What a tenant may have; null: no limit.</summary>
public sealed record TenantLimits
{
    /// <summary>A hundred years.</summary>
    public const long MostTtlSeconds = 100L * 366 * 24 * 3600;

    /// <summary>Its share of the slots beside the other tenants': 100 is an ordinary one.</summary>
    public required int Weight { get; init; }

    public int? MaxRunning { get; init; }
    public int? MaxRunningPerPrincipal { get; init; }
    public long? MaxWaiting { get; init; }
    public long? MaxWaitingPerPrincipal { get; init; }
    public long? MaxStoredBytes { get; init; }

    /// <summary>How long a record is kept at most.</summary>
    public required long MaxTtlSeconds { get; init; }

    public TimeSpan MaxTtl => TimeSpan.FromSeconds(MaxTtlSeconds);

    public bool LimitsRunning => MaxRunning is not null || MaxRunningPerPrincipal is not null;
}
