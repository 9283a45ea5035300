using Actors.Storage.Queue;

namespace Actors.Storage.Tenants;

/// <summary>One of the limits that a tenant can have of its own.</summary>
public sealed class TenantLimit
{
    private TenantLimit(string name, long least, long most, Func<TenantLimits, long?> of) => (Name, Least, Most, Of) = (name, least, most, of);

    public static IReadOnlyList<TenantLimit> All { get; } =
    [
        new("weight", 1, 10_000, limits => limits.Weight),
        new("max-running", 0, int.MaxValue, limits => limits.MaxRunning),
        new("max-running-per-principal", 0, int.MaxValue, limits => limits.MaxRunningPerPrincipal),
        new("max-waiting", 0, long.MaxValue, limits => limits.MaxWaiting),
        new("max-waiting-per-principal", 0, long.MaxValue, limits => limits.MaxWaitingPerPrincipal),
        new("max-stored-bytes", 0, long.MaxValue, limits => limits.MaxStoredBytes),
        new("max-ttl-seconds", 1, TenantLimits.MostTtlSeconds, limits => limits.MaxTtlSeconds),
    ];

    /// <summary>As an operator writes it.</summary>
    public string Name { get; }

    public long Least { get; }

    public long Most { get; }

    /// <summary>Its value among all of a tenant's; null: no limit.</summary>
    public Func<TenantLimits, long?> Of { get; }

    internal string Column => Name.Replace('-', '_');
}
