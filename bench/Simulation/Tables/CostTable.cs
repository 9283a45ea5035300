using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Validation;

namespace Actors.Bench.Simulation.Tables;

/// <summary>What the simulation takes each piece of work to cost, and the row it has it from.</summary>
internal static class CostTable
{
    public static string Of(MeasuredRows rows, CostSheet costs)
    {
        // A remainder, which a little more or less of what it remains of changes much.
        var least = Calibration.SyncRowUs(rows, costs, rows.Batches.Most);
        var most = Calibration.SyncRowUs(rows, costs, rows.Batches.Least);
        var table = new MarkdownTable("piece of work", "takes", "from the row");
        table.Add("a poll, or any request's part in a frontend", Shown.Us(costs.RequestUs), "`polls`: the server's, each");
        table.Add("a call of a short tool, or of a job tool", Shown.Us(costs.CallUs), "`calls`: the server's, each");
        table.Add("a create in its silo", Shown.Us(costs.CreateUs), "`creates`: the server's, without a poll's");
        table.Add("running and ending a job in its silo", Shown.Us(costs.EndUs), "`jobs`: the server's, without that of `creates`");
        table.Add("a hop from frontend to silo and back, both ends", Shown.Us(costs.HopUs), "`hop`, 128 callers");
        table.Add("a commit in PostgreSQL, whatever is in it", Shown.Us(costs.CommitUs), "`creates`: pgbench and batches of 100, solved for what does not grow with the rows");
        table.Add("a row of a job that has a slot", Shown.Us(costs.RowUs), "`jobs`: half of PostgreSQL's, without the share of a commit");
        table.Add("a row of a job that is put in line", Shown.Us(costs.LineRowUs), "`creates`: PostgreSQL's, without the share of a commit");
        table.Add("until a commit is durable, whatever is in it", Shown.Us(costs.SyncUs), "`pickup`: what a caller alone waits for beside processors");
        table.Add("and for each row in it", $"{Shown.Us(costs.SyncRowUs)}; by the rounds {Shown.Us(least)} to {Shown.Us(most)}", "`creates`: what batches of 100 wait for beside processors and that");
        table.Add($"a claim of {MeasuredRows.JobsPerClaim} jobs, under its lock", Shown.Us(costs.ClaimUs), "`claim`, 1,000 in line, without the sync; each further job a row");
        table.Add("a word about a job, to each who listens", Shown.Us(costs.WordUs), "`watchers`: what 1,000 take beyond 1");
        table.Add("a listener who hears nothing", $"{Shown.Us(costs.ListenerUsPerSecond)} a second, {Shown.Number(costs.ListenerKiB)} KiB in its frontend", "`streams`");
        table.Add("a running job that waits", $"{Shown.Us(costs.LiveUsPerSecond)} a second, {Shown.Number(costs.LiveKiB)} KiB in its silo", "`live`");
        return table.ToString();
    }
}
