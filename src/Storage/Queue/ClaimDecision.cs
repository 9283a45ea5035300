namespace Actors.Storage.Queue;

/// <summary>Who starts next.</summary>
public sealed record ClaimDecision
{
    /// <summary>How many of which lane, from its head.</summary>
    public required IReadOnlyDictionary<LaneKey, int> Picks { get; init; }

    /// <summary>Of everybody whom the starts moved on.</summary>
    public required IReadOnlyDictionary<PrincipalKey, Turn> Turns { get; init; }

    /// <summary>How many starts each of them made.</summary>
    public required IReadOnlyDictionary<PrincipalKey, int> Starts { get; init; }

    /// <summary>Whether jobs that could have started were left behind for want of a slot.</summary>
    public required bool LeftForSlots { get; init; }

    /// <summary>Whether jobs that are due were left behind because of a limit.</summary>
    public required bool LeftForLimits { get; init; }

    public int Count => Picks.Values.Sum();
}
