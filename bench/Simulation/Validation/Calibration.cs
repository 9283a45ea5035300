using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;

namespace Actors.Bench.Simulation.Validation;

/// <summary>
/// From figures to costs. What no row measures alone is what is left: of a create without its request, of a batch without its rows. Throughput of
/// Actors' own rows is never fitted: it is what the simulation is held against.
/// </summary>
internal static class Calibration
{
    private const int Passes = 3;
    private const double LongestUs = 10_000;

    public static CostSheet Of(MeasuredRows rows)
    {
        var costs = Direct(rows);
        for (var pass = 0; pass < Passes; pass++)
        {
            costs = WithSync(rows, costs);
            costs = costs with
            {
                RowUs = Left(rows.Job.CpuUsEach(MeasuredRows.Postgres) / 2, costs.CommitUs / OneMachine.Jobs(rows, costs, rows.Job.Callers).RowsPerCommit),
                LineRowUs = Left(rows.Create.CpuUsEach(MeasuredRows.Postgres), costs.CommitUs / OneMachine.Creates(rows, costs).RowsPerCommit),
                ClaimUs = Left(rows.Claim.Median * 1000, costs.SyncUs),
            };
        }

        return costs;
    }

    /// <summary>What a row takes of a sync, if so many rows a second come through in batches of 100.</summary>
    public static double SyncRowUs(MeasuredRows rows, CostSheet costs, double rowsPerSecond)
    {
        return Highest(LongestUs / MeasuredRows.RowsPerBatch, us => Batches(us).PerSecond >= rowsPerSecond);

        Outcome Batches(double rowUs) => OneMachine.Inserts(
            rows, costs with { SyncRowUs = rowUs }, rows.Batches, MeasuredRows.BatchConnections, MeasuredRows.RowsPerBatch);
    }

    private static CostSheet Direct(MeasuredRows rows)
    {
        var single = rows.Pgbench.CpuUsEach(MeasuredRows.Postgres);
        var batch = rows.Batches.CpuUsEach(MeasuredRows.Postgres) * MeasuredRows.RowsPerBatch;
        var request = rows.Poll.CpuUsEach(MeasuredRows.Server);
        var create = rows.Create.CpuUsEach(MeasuredRows.Server);
        return new CostSheet
        {
            RequestUs = request,
            CreateUs = Left(create, request),
            EndUs = Left(rows.Job.CpuUsEach(MeasuredRows.Server), create),
            HopUs = rows.Hop.CpuUsEach("both ends"),
            CallUs = rows.Call.CpuUsEach(MeasuredRows.Server),
            CommitUs = Left(single, (batch - single) / (MeasuredRows.RowsPerBatch - 1)),
            RowUs = rows.Job.CpuUsEach(MeasuredRows.Postgres) / 2,
            LineRowUs = rows.Create.CpuUsEach(MeasuredRows.Postgres),
            SyncUs = 0,
            ClaimUs = rows.Claim.Median * 1000,
            WordUs = WordUs(rows),
            LiveUsPerSecond = rows.Live.CpuUsPerSecond("silo, idle jobs") / MeasuredRows.LiveJobs,
            ListenerUsPerSecond = rows.Listeners.CpuUsPerSecond("frontend, idle streams") / MeasuredRows.Streams,
            LiveKiB = rows.LiveEach.Median,
            ListenerKiB = rows.Listener.Median,
        };
    }

    /// <summary>
    /// The sync with which a caller alone waits as long as was measured, and with which as many batches come through; those are PostgreSQL's alone.
    /// </summary>
    private static CostSheet WithSync(MeasuredRows rows, CostSheet costs)
    {
        costs = costs with { SyncUs = Highest(LongestUs, us => OneMachine.Jobs(rows, costs with { SyncUs = us }, callers: 1).P50Ms <= rows.Pickup.Median) };
        return costs with { SyncRowUs = SyncRowUs(rows, costs, rows.Batches.Median) };
    }

    /// <summary>The highest time of which something holds that holds of each shorter one.</summary>
    private static double Highest(double mostUs, Func<double, bool> holds)
    {
        var (low, high) = (0.0, mostUs);
        while (high - low > mostUs / 1000)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>What a thousand listeners cost beyond one, for each word: a process that does little else takes its time too.</summary>
    private static double WordUs(MeasuredRows rows)
    {
        var (few, many) = (rows.WordsToOne, rows.WordsToThousand);
        var words = Words(many) - Words(few);
        return Left(many.CpuUsPerSecond(MeasuredRows.Server), few.CpuUsPerSecond(MeasuredRows.Server)) / words;

        static double Words(FigureOfRow row) => row.CpuUsPerSecond(MeasuredRows.Server) / row.CpuUsEach(MeasuredRows.Server);
    }

    private static double Left(double whole, double part) => Math.Max(0, whole - part);
}
