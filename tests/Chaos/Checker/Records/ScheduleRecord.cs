namespace Actors.Chaos.Checker.Records;

/// <summary>A schedule of a run, due at every full minute.</summary>
public sealed record ScheduleRecord
{
    /// <summary>Whose: "tenant/subject".</summary>
    public required string Caller { get; init; }

    public required string Name { get; init; }

    /// <summary>What each of its runs notes when it starts.</summary>
    public required string Token { get; init; }

    /// <summary>one, skip or all.</summary>
    public required string CatchUp { get; init; }

    /// <summary>Milliseconds of the database's clock, since 1970. Some of what is due then lies before the run.</summary>
    public required double FirstDueMs { get; init; }

    /// <summary>When the first of it could have been started, by the same clock.</summary>
    public required double CreatedMs { get; init; }
}
