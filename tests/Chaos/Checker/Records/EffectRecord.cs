namespace Actors.Chaos.Checker.Records;

/// <summary>A row of the table of effects.</summary>
public sealed record EffectRecord
{
    /// <summary>Orders the effects of one job.</summary>
    public required long Seq { get; init; }

    /// <summary>Milliseconds of the database's clock, since 1970.</summary>
    public required double DatabaseMs { get; init; }

    public required string Tenant { get; init; }

    public required string Job { get; init; }

    public required int Attempt { get; init; }

    /// <summary>start, step, answer or end.</summary>
    public required string Kind { get; init; }

    public required int Step { get; init; }

    public required string Note { get; init; }

    /// <summary>The table did not take it: a newer attempt had written.</summary>
    public required bool Refused { get; init; }
}
