using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Engine;
using Actors.Bench.Simulation.Model;

namespace Actors.Bench.Simulation.Validation;

/// <summary>The very set-up of a row: driver, server and PostgreSQL on the same cores, and callers who ask again at once.</summary>
internal sealed class OneMachine
{
    private const int Seed = 1;
    private static readonly Measuring Measuring = new() { WarmupSeconds = 0.3, Seconds = 1.5, Count = 10_000 };

    private readonly Timeline _timeline = new();
    private readonly Draws _draws = new(Seed);
    private readonly Cluster _cluster;
    private readonly Tally _answers;

    private OneMachine(MeasuredRows rows, CostSheet costs, int slots)
    {
        _cluster = new Cluster(_timeline, _draws, costs with { HopUs = 0 }, new Deployment { IsOneMachine = true, CoresEach = rows.Cores, SlotsPerSilo = slots });
        _answers = new Tally(_timeline);
    }

    /// <summary>Requests that write nothing.</summary>
    public static Outcome Asks(MeasuredRows rows, CostSheet costs, FigureOfRow row, int callers)
    {
        var machine = new OneMachine(rows, costs, slots: 0);
        var serverUs = row.CpuUsEach(MeasuredRows.Server) + row.CpuUsEachOrNone(MeasuredRows.Postgres);
        return machine.Run(callers, row.CpuUsEach(MeasuredRows.Driver), done => machine.Work(serverUs, done), machine._answers);
    }

    /// <summary>Connections that insert and commit, without the product.</summary>
    public static Outcome Inserts(MeasuredRows rows, CostSheet costs, FigureOfRow row, int connections, int rowsEach)
    {
        var machine = new OneMachine(rows, costs, slots: 0);
        var disk = new Disk(machine._timeline, costs.SyncUs, costs.SyncRowUs, machine._cluster.Disks);
        var askingUs = (row.CpuUsEach(MeasuredRows.Driver) + row.CpuUsEachOrNone("pgbench")) * rowsEach;
        var outcome = machine.Run(
            connections, askingUs, done => machine.Work(row.CpuUsEach(MeasuredRows.Postgres) * rowsEach, () => disk.Sync(rowsEach, done)), machine._answers);
        return outcome with { PerSecond = outcome.PerSecond * rowsEach, RowsPerCommit = rowsEach };
    }

    /// <summary>Creates of jobs that find no slot, and wait in line.</summary>
    public static Outcome Creates(MeasuredRows rows, CostSheet costs)
    {
        var machine = new OneMachine(rows, costs, slots: 0);
        var jobs = new JobLife(machine._timeline, machine._draws, machine._cluster, durationUs: 0);
        return machine.Run(rows.Create.Callers, rows.Create.CpuUsEach(MeasuredRows.Driver), done => jobs.Create(done, Nothing), machine._answers);
    }

    /// <summary>Jobs from create to end. Their callers wait for the handle and go on; what counts is the ends.</summary>
    public static Outcome Jobs(MeasuredRows rows, CostSheet costs, int callers)
    {
        var machine = new OneMachine(rows, costs, new Deployment().SlotsPerSilo);
        var jobs = new JobLife(machine._timeline, machine._draws, machine._cluster, durationUs: 0);
        var ends = new Tally(machine._timeline);
        return machine.Run(callers, rows.Job.CpuUsEach(MeasuredRows.Driver), done => jobs.Create(done, ends.Time(Nothing)), ends);
    }

    private Outcome Run(int callers, double driverUs, Action<Action> serve, Tally counted)
    {
        Upkeep.Begin(_timeline, _cluster, () => 0, () => 0);
        Demand.Closed(callers, _answers, done => Work(driverUs / 2, () => serve(() => Work(driverUs / 2, done))));
        Measuring.Run(_timeline, _cluster.Meters, counted, _answers);
        return Outcome.Of(_cluster, counted, _answers);
    }

    private void Work(double us, Action done) => _cluster.Machine.Work(_draws.Around(us), done);

    private static void Nothing()
    {
    }
}
