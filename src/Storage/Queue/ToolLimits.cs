namespace Actors.Storage.Queue;

/// <summary>How many jobs of one tool run at once; 0: no limit.</summary>
public readonly record struct ToolLimits(int MaxRunning, int MaxRunningPerTenant)
{
    public bool LimitsRunning => MaxRunning > 0 || MaxRunningPerTenant > 0;
}
