namespace Actors.Storage.Queue;

/// <summary>What runs, as the limits count it, while a decision adds to it.</summary>
public sealed class Occupancy
{
    private readonly Dictionary<PrincipalKey, long> _owners = [];
    private readonly Dictionary<(string Tenant, string Tool), long> _tools = [];

    public Occupancy(IReadOnlyList<OwnedJobs> owned)
    {
        foreach (var jobs in owned) Add(jobs.Principal, jobs.Tool, jobs.Count);
    }

    public long Of(PrincipalKey owner) => _owners.GetValueOrDefault(owner);

    public void Add(PrincipalKey principal, string tool, long count)
    {
        Add(_owners, principal, count);
        Add(_owners, PrincipalKey.OfTenant(principal.Tenant), count);
        Add(_tools, (principal.Tenant, tool), count);
        Add(_tools, ("", tool), count);
    }

    public bool HasRoomFor(LaneKey lane, TenantLimits tenant, ToolLimits tool) =>
        Binding(lane.Principal, lane.Tool, tenant, tool) is null;

    /// <summary>The first limit that lets no further job of the principal and tool start, or null.</summary>
    public BindingLimit? Binding(PrincipalKey principal, string name, TenantLimits tenant, ToolLimits tool) =>
        Reached(RunningLimit.Tenant, Of(PrincipalKey.OfTenant(principal.Tenant)), tenant.MaxRunning)
        ?? Reached(RunningLimit.Principal, Of(principal), tenant.MaxRunningPerPrincipal)
        ?? Reached(RunningLimit.Tool, _tools.GetValueOrDefault(("", name)), tool.MaxRunning > 0 ? tool.MaxRunning : null)
        ?? Reached(RunningLimit.ToolOfTenant, _tools.GetValueOrDefault((principal.Tenant, name)), tool.MaxRunningPerTenant > 0 ? tool.MaxRunningPerTenant : null);

    private static BindingLimit? Reached(RunningLimit kind, long current, int? limit) =>
        limit is { } value && current >= value ? new BindingLimit(kind, value, current) : null;

    private static void Add<T>(Dictionary<T, long> counts, T key, long count)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + count;
}
