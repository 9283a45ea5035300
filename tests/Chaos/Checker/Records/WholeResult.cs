namespace Actors.Chaos.Checker.Records;

/// <summary>A result that was read piece by piece.</summary>
public sealed record WholeResult
{
    public required string Job { get; init; }

    /// <summary>The bytes of all pieces.</summary>
    public required long Size { get; init; }

    /// <summary>Their SHA-256, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The first text in it, or what stands for it (<see cref="LongText"/>); null: it is not the JSON of a result.</summary>
    public required string? Text { get; init; }

    /// <summary>The requests that brought it.</summary>
    public required IReadOnlyList<long> Calls { get; init; }
}
