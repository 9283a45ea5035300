namespace Actors.Bench.Driver.Results;

/// <summary>All rows, in the order in which they stand in the table.</summary>
internal static class RowNames
{
    /// <summary>What a quick run has.</summary>
    public static readonly string[] Quick = ["polls", "calls", "creates", "jobs", "pickup", "cancel", "hop"];

    public static readonly string[] All =
    [
        "polls", "calls", "creates", "jobs", "pickup", "cancel", "recovery", "start", "watchers", "streams", "sessions", "live",
        "table", "purge", "claim", "fairness", "hop",
    ];
}
