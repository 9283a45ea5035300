namespace Actors.Bench.Driver.Results;

/// <summary>The figures of one row, and the circumstances they were taken in.</summary>
internal sealed record RowResult
{
    public required string Row { get; init; }

    public required string Commit { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool IsQuick { get; init; }

    public required double Seconds { get; init; }

    /// <summary>What took processor time before the row and was not part of it.</summary>
    public required string AlsoRan { get; init; }

    public required string LoadAverage { get; init; }

    public required IReadOnlyList<Figure> Figures { get; init; }
}
