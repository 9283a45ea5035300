using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>What a simulated run came to.</summary>
/// <param name="PerSecond">How much of the work was done.</param>
/// <param name="P50Ms">How long a caller waited.</param>
/// <param name="P99Ms">The same, of all but one in a hundred.</param>
/// <param name="RowsPerCommit">How many rows shared a transaction.</param>
/// <param name="Cluster">What was used.</param>
internal sealed record Outcome(double PerSecond, double P50Ms, double P99Ms, double RowsPerCommit, Cluster Cluster)
{
    private const double Full = 0.9;

    /// <summary>What is used up, and so limits the rest; where nothing is, what is used most.</summary>
    public Meter Binds => Cluster.Meters.FirstOrDefault(meter => meter.Share >= Full) ?? Cluster.Meters.MaxBy(meter => meter.Share)!;

    public static Outcome Of(Cluster cluster, Tally done, Tally waited) =>
        new(done.PerSecond, waited.PercentileMs(0.5), waited.PercentileMs(0.99), cluster.RowsPerCommit, cluster);
}
