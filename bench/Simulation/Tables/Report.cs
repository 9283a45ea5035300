using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Validation;

namespace Actors.Bench.Simulation.Tables;

/// <summary>All tables, by the names they have in docs/scaling.md.</summary>
internal static class Report
{
    public static IReadOnlyList<string> Names { get; } = ["costs", "validation", "polls", "jobs", "latency", "durations", "watching", "databases"];

    public static IReadOnlyList<(string Name, string Table)> Of(MeasuredRows rows)
    {
        var costs = Calibration.Of(rows);
        return [.. Names.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.FullyBuffered).Select(name => (name, TableOf(name, rows, costs)))];
    }

    private static string TableOf(string name, MeasuredRows rows, CostSheet costs) => name switch
    {
        "costs" => CostTable.Of(rows, costs),
        "validation" => ValidationTable.Of(rows, costs),
        "polls" => PollTable.Of(costs),
        "jobs" => JobTable.Of(costs),
        "latency" => LatencyTable.Of(costs),
        "durations" => DurationTable.Of(costs),
        "watching" => WatchingTable.Of(costs),
        "databases" => DatabaseTable.Of(costs),
        _ => throw new ArgumentException($"There is no table {name}."),
    };
}
