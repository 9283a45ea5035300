using Actors.Bench.Simulation.Engine;
using Actors.Bench.Simulation.Model;

namespace Actors.Bench.Tests;

public sealed class GroupCommitTests
{
    private const double SyncUs = 1_000;

    private readonly Timeline _timeline = new();

    [Fact]
    public void What_is_written_while_a_commit_runs_shares_the_next()
    {
        var writer = Writer(rows: 256);
        var durable = new List<double>();
        for (var row = 0; row < 11; row++)
            writer.Write(rowUs: 0, () => durable.Add(_timeline.NowUs));

        _timeline.RunFor(1_000_000);

        Assert.Equal((11, 2), (writer.Rows, writer.Commits));
        Assert.Equal(2, durable.Distinct().Count());
    }

    [Fact]
    public void A_commit_takes_no_more_rows_than_it_may()
    {
        var writer = Writer(rows: 4);
        for (var row = 0; row < 11; row++)
            writer.Write(rowUs: 0, () => { });

        _timeline.RunFor(1_000_000);

        // The first alone, as nothing else waits then; ten more by four.
        Assert.Equal((11, 4), (writer.Rows, writer.Commits));
    }

    [Fact]
    public void Syncs_that_are_asked_for_while_one_runs_are_one()
    {
        var disk = new Disk(_timeline, SyncUs, rowUs: 10, new Meter(_timeline, "disk", 1));
        var durable = new List<double>();
        foreach (var rows in (int[])[1, 20, 30])
            disk.Sync(rows, () => durable.Add(_timeline.NowUs));

        _timeline.RunFor(1_000_000);

        Assert.Equal([SyncUs + 10, 2 * SyncUs + 510, 2 * SyncUs + 510], durable);
    }

    private Writer Writer(int rows)
    {
        var deployment = HandMade.Small with { WriterConnections = 1, BatchRows = rows };
        var costs = HandMade.Free with { SyncUs = SyncUs };
        return new Cluster(_timeline, new Draws(1), costs, deployment).Silos[0].Writer;
    }
}
