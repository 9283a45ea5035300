using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>A process that has grains and runs jobs in its slots.</summary>
internal sealed class Silo(Cores cores, Database database, Writer writer, Deployment deployment, CostSheet costs, Meter slots)
{
    private int _free = deployment.SlotsPerSilo;
    private bool _claims;

    public Cores Cores => cores;

    public Database Database => database;

    public Writer Writer => writer;

    /// <summary>A slot for a job that is just created: where one is free and nobody waits whom the job would pass.</summary>
    public bool TryTakeSlot()
    {
        if (_free == 0 || database.InLine > 0)
            return false;
        Take(1);
        return true;
    }

    public void GiveBackSlot()
    {
        Take(-1);
        Look();
    }

    /// <summary>Claims jobs from the line for the slots that are free, again and again until one of both is used up.</summary>
    public void Look()
    {
        if (_claims || _free == 0 || database.InLine == 0)
            return;
        _claims = true;
        database.Claims.Enter(Claim);
    }

    private void Claim()
    {
        var count = Math.Min(Math.Min(_free, database.InLine), deployment.MaxClaim);
        Take(count);
        var claimed = Enumerable.Range(0, count).Select(_ => database.TakeFirst()).ToArray();
        var further = Math.Max(0, count - MeasuredRows.JobsPerClaim);
        database.Commit(costs.ClaimUs + further * costs.RowUs, count, () =>
        {
            database.Claims.Leave();
            foreach (var start in claimed)
                start(this);
            _claims = false;
            Look();
        });
    }

    private void Take(int count)
    {
        _free -= count;
        slots.Change(count);
    }
}
