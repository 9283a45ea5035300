using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>A silo's group commit: a connection takes what has piled up while it was busy, and a further one joins in where many wait. There is no timer.</summary>
/// <param name="database">Where to.</param>
/// <param name="deployment">How many connections there are, and how many rows each may take.</param>
/// <param name="costs">What a commit takes.</param>
/// <param name="draws">What varies.</param>
/// <param name="room">The rows that are on their way: a connection is always busy, and used up only when it takes all the rows it may.</param>
internal sealed class Writer(Database database, Deployment deployment, CostSheet costs, Draws draws, Meter room)
{
    private readonly Queue<(double Us, Action Durable)> _waiting = new();
    private int _busy;

    public long Rows { get; private set; }

    public long Commits { get; private set; }

    /// <param name="rowUs">What the row takes in PostgreSQL, beside its share of the commit.</param>
    /// <param name="durable">Called when it is stored.</param>
    public void Write(double rowUs, Action durable)
    {
        _waiting.Enqueue((rowUs, durable));
        Begin();
    }

    private void Begin()
    {
        while (_busy < deployment.WriterConnections && _waiting.Count >= (_busy == 0 ? 1 : deployment.Crowd))
            Commit(Math.Min(_waiting.Count, deployment.BatchRows));
    }

    private void Commit(int rows)
    {
        var us = draws.Around(costs.CommitUs);
        var told = new Action[rows];
        for (var i = 0; i < rows; i++)
        {
            var (rowUs, durable) = _waiting.Dequeue();
            us += draws.Around(rowUs);
            told[i] = durable;
        }

        Rows += rows;
        Commits++;
        _busy++;
        room.Change(rows);
        database.Commit(us, rows, () =>
        {
            _busy--;
            room.Change(-rows);
            foreach (var durable in told)
                durable();
            Begin();
        });
    }
}
