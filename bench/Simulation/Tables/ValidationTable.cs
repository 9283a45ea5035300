using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Validation;

namespace Actors.Bench.Simulation.Tables;

/// <summary>The set-ups of the rows simulated, beside what was measured.</summary>
internal static class ValidationTable
{
    public static string Of(MeasuredRows rows, CostSheet costs)
    {
        var table = new MarkdownTable("row", "work", "simulated", "measured", "off by", "p50 simulated, measured", "p99 simulated, measured");
        Add("tasks/get of a running job", OneMachine.Asks(rows, costs, rows.Poll, rows.Poll.Callers), rows.Poll);
        Add("tasks/get of an ended job", OneMachine.Asks(rows, costs, rows.PollEnded, rows.PollEnded.Callers), rows.PollEnded);
        Add("the same, few callers", OneMachine.Asks(rows, costs, rows.PollEnded, rows.FewPolls.Callers), rows.FewPolls);
        Add("a short call", OneMachine.Asks(rows, costs, rows.Call, rows.Call.Callers), rows.Call);
        Add("durable creates", OneMachine.Creates(rows, costs), rows.Create);
        Add("create, run and end", OneMachine.Jobs(rows, costs, rows.Job.Callers), rows.Job);
        Add("the same, few callers", OneMachine.Jobs(rows, costs, rows.FewJobs.Callers), rows.FewJobs);
        Add("pgbench, a commit each", OneMachine.Inserts(rows, costs, rows.Pgbench, MeasuredRows.PgbenchConnections, rowsEach: 1), rows.Pgbench);
        Add("batches of 100: the sync is fitted to them", OneMachine.Inserts(rows, costs, rows.Batches, MeasuredRows.BatchConnections, MeasuredRows.RowsPerBatch), rows.Batches);
        var pickup = OneMachine.Jobs(rows, costs, callers: 1).P50Ms;
        table.Add("`pickup`", "a create, one at a time: until its tool runs", "", "", Shown.Off(pickup, rows.Pickup.Median), $"{Shown.Ms(pickup)}, {Shown.Ms(rows.Pickup.Median)}", "");
        return table.ToString();

        void Add(string work, Outcome simulated, FigureOfRow measured) => table.Add(
            $"`{measured.Row}`",
            work,
            $"{Shown.Number(simulated.PerSecond)} /s",
            $"{Shown.Number(measured.Median)} /s",
            Shown.Off(simulated.PerSecond, measured.Median),
            measured.P50Ms is { } p50 ? $"{Shown.Ms(simulated.P50Ms)}, {Shown.Ms(p50)}" : "",
            measured.P99Ms is { } p99 ? $"{Shown.Ms(simulated.P99Ms)}, {Shown.Ms(p99)}" : "");
    }
}
