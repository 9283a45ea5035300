namespace Actors.Chaos.Pack;

/// <summary>The limits of the pack's tools, the names that the effects of those tools carry, and what else a run sets.</summary>
internal static class ChaosLimits
{
    public const string ClusterTool = "chaos_limited";
    public const int InCluster = 3;
    public const string TenantTool = "chaos_limited_tenant";
    public const int InTenant = 2;

    /// <summary>The tool of the calls that follow jobs.</summary>
    public const string LinkTool = "chaos_link";

    /// <summary>Results above this are stored in chunks.</summary>
    public const int SpillBytes = 64 * 1024;

    /// <summary>Characters of such a result that stand for it.</summary>
    public const int PreviewChars = 2_000;
}
