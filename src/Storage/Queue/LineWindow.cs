namespace Actors.Storage.Queue;

/// <summary>
/// How much of the line one claim looks at, and where it goes on in one that is longer, so that every lane is seen in turn however many
/// there are. One silo's; not safe for concurrent use.
/// </summary>
public sealed class LineWindow(int maxTenants, int maxLanesPerTenant, int maxHeads)
{
    private readonly Dictionary<string, LaneKey> _after = new(StringComparer.Ordinal);
    private int _lanes = 1;

    public int MaxTenants => maxTenants;

    public int MaxLanesPerTenant => maxLanesPerTenant;

    /// <summary>Jobs to look at in each lane: many where there are few lanes.</summary>
    public int HeadsPerLane => Math.Clamp(maxHeads / _lanes, 4, maxHeads);

    /// <summary>The tenant behind which to begin; empty: at the first.</summary>
    internal string AfterTenant { get; private set; } = "";

    /// <summary>Where to begin in tenants of many lanes.</summary>
    internal IReadOnlyCollection<LaneKey> After => _after.Values;

    /// <summary>Whether the last look did not reach the end of the line.</summary>
    internal bool IsCutShort { get; private set; }

    /// <summary>Notes how far a look came.</summary>
    internal void Saw(IReadOnlyList<SeenLane> lanes)
    {
        _lanes = Math.Max(1, lanes.Count);
        var hadBegunLater = AfterTenant.Length > 0 || _after.Count > 0;
        var last = lanes.Count > 0 ? lanes[^1] : null;
        AfterTenant = last?.TenantNumber == maxTenants ? last.Key.Tenant : "";
        _after.Clear();
        foreach (var lane in lanes.Where(lane => lane.Number == maxLanesPerTenant)) _after[lane.Key.Tenant] = lane.Key;
        IsCutShort = hadBegunLater || AfterTenant.Length > 0 || _after.Count > 0;
    }
}
