namespace Actors.Storage.Queue;

/// <summary>The limits on how many jobs run at once.</summary>
public enum RunningLimit
{
    Tenant,
    Principal,
    Tool,
    ToolOfTenant,
}
