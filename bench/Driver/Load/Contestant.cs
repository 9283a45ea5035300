using Actors.Bench.Driver.Processes;

namespace Actors.Bench.Driver.Load;

/// <summary>Somebody who does the work of a contest, for as long as it is told to.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="RunAsync">One round of about this length.</param>
/// <param name="Processes">Who takes part, the driver apart.</param>
internal sealed record Contestant(string Name, Func<TimeSpan, Task<Round>> RunAsync, params IReadOnlyList<ProcessGroup> Processes)
{
    /// <summary>The least that the product's rate must be of this one's; null where nothing is asked.</summary>
    public double? LeastRatio { get; init; }

    /// <summary>How many times as long as the others it warms up in a full run: a long path is compiled, and compiled again, piece by piece.</summary>
    public int Warmups { get; init; } = 1;
}
