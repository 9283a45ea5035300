using System.ComponentModel.DataAnnotations;

namespace Actors.Storage.Queue;

/// <summary>What a tenant may have that has no limits of its own in the database. Section <c>Actors:Quotas</c>.</summary>
public sealed class QuotaOptions
{
    /// <summary>A tenant's share of the slots beside the other tenants'. Default 100.</summary>
    [Range(1, 10_000)]
    public int Weight { get; set; } = 100;

    /// <summary>Jobs of a tenant that run at once, in the whole cluster; null: no limit. Default null.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxRunning { get; set; }

    /// <summary>The same, of one of its principals. Default null.</summary>
    [Range(0, int.MaxValue)]
    public int? MaxRunningPerPrincipal { get; set; }

    /// <summary>Jobs of a tenant that have not started; more is refused; null: no limit. Default 1,000,000.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxWaiting { get; set; } = 1_000_000;

    /// <summary>The same, of one of its principals. Default 100,000.</summary>
    [Range(0, long.MaxValue)]
    public long? MaxWaitingPerPrincipal { get; set; } = 100_000;

    /// <summary>
    /// Bytes of a tenant's arguments, checkpoints, steps, answers, results and journals; a new job is refused from there on, and a result that is stored in
    /// chunks fails its job. They are added up now and then, where there are very many by a sample: a tenant can be over its limit for a while. Null: no limit.
    /// Default 100 GiB.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long? MaxStoredBytes { get; set; } = 100L * 1024 * 1024 * 1024;

    /// <summary>
    /// Seconds that a tenant's record is kept at most, from the earliest start of its job, whoever asks for more: a call or a tool. Default 90 days.
    /// </summary>
    [Range(1, TenantLimits.MostTtlSeconds)]
    public long MaxTtlSeconds { get; set; } = 90 * 24 * 3600;

    /// <summary>How long a silo goes on with what it has read of a tenant's limits; a claim reads them each time. Default 2 s.</summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(2);
}
