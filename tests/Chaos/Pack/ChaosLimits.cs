namespace Actors.Chaos.Pack;

/// <summary>The limits of the pack's tools, and the names that the effects of those tools carry.</summary>
internal static class ChaosLimits
{
    public const string ClusterTool = "chaos_limited";
    public const int InCluster = 3;
    public const string TenantTool = "chaos_limited_tenant";
    public const int InTenant = 2;
}
