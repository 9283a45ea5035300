using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>A PostgreSQL: a connection works on one core, and its commit waits for the disk.</summary>
internal sealed class Database(Cores cores, Disk disk, Turnstile claims)
{
    private readonly Queue<Action<Silo>> _line = new();

    /// <summary>The lock under which one silo at a time takes jobs from the line.</summary>
    public Turnstile Claims => claims;

    /// <summary>How many jobs wait for a slot.</summary>
    public int InLine => _line.Count;

    public void Commit(double us, int rows, Action durable) => cores.Work(us, () => disk.Sync(rows, durable));

    /// <summary>Puts a job in line; it is started by the silo that claims it.</summary>
    public void Join(Action<Silo> start) => _line.Enqueue(start);

    public Action<Silo> TakeFirst() => _line.Dequeue();
}
