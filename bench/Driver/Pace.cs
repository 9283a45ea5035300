namespace Actors.Bench.Driver;

/// <summary>How long and how often a row measures.</summary>
internal sealed record Pace(bool IsQuick)
{
    public int Rounds { get; init; } = IsQuick ? 3 : 5;

    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(IsQuick ? 1 : 2);

    /// <summary>Of each contestant: the compiler is done with what is hot after a few seconds.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(IsQuick ? 2 : 4);

    public T Of<T>(T full, T quick) => IsQuick ? quick : full;
}
