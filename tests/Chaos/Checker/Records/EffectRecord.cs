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

    /// <summary>
    /// Milliseconds of the same clock, at most <see cref="DatabaseMs"/>: at this moment the job's row had an owner, and this attempt ran;
    /// null: it was not so.
    /// </summary>
    public double? HeldMs { get; init; }

    /// <summary>The same for a job and for those that try it again by hand.</summary>
    public string? Family { get; init; }

    /// <summary>start, step, answer, beat, work, kept, link or end.</summary>
    public required string Kind { get; init; }

    public required int Step { get; init; }

    public required string Note { get; init; }

    /// <summary>The table did not take it: a newer attempt had written.</summary>
    public required bool Refused { get; init; }
}
