namespace Actors.Storage.Queue;

/// <summary>All that a decision on who starts next is made from.</summary>
public sealed record QueueView
{
    public required IReadOnlyList<Lane> Lanes { get; init; }
    public required IReadOnlyList<OwnedJobs> Owned { get; init; }

    /// <summary>By tenant; of all that have a lane.</summary>
    public required IReadOnlyDictionary<string, TenantLimits> Tenants { get; init; }

    /// <summary>By tool; one without limits may be missing.</summary>
    public required IReadOnlyDictionary<string, ToolLimits> Tools { get; init; }

    /// <summary>Who is missing has not started anything for long.</summary>
    public required IReadOnlyDictionary<PrincipalKey, Turn> Turns { get; init; }
}
