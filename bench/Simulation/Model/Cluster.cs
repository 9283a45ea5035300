using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>The processes of a deployment, and how much of each kind is in use.</summary>
internal sealed class Cluster
{
    private readonly Cores[] _frontends;
    private readonly Silo[] _silos;
    private readonly Draws _draws;

    public Cluster(Timeline timeline, Draws draws, CostSheet costs, Deployment deployment)
    {
        (_draws, Costs, Deployment) = (draws, costs, deployment);
        Meter postgres = Named("PostgreSQL's cores", deployment.Databases * deployment.PostgresCores);
        Meter disks = Named("disk", deployment.Databases);
        Meter slots = Named("slots", deployment.Silos * (double)deployment.SlotsPerSilo);
        Meter claims = Named("claims' lock", deployment.Databases);
        Meter room = Named("writing connections", deployment.Silos * deployment.WriterConnections * deployment.BatchRows);
        Meter silos = Named("silos' cores", deployment.Silos * deployment.CoresEach);
        Meter frontends = Named("frontends' cores", deployment.Frontends * deployment.CoresEach);
        Meter machine = Named("machine's cores", deployment.CoresEach);
        Meters = deployment.IsOneMachine ? [machine, disks, slots, claims, room] : [postgres, disks, slots, claims, room, silos, frontends];
        (PostgresCores, Disks, SiloCores, FrontendCores) = (postgres, disks, silos, frontends);

        Machine = new Cores(timeline, deployment.CoresEach, machine);
        _frontends = [.. Enumerable.Range(0, deployment.Frontends).Select(_ => On(deployment.CoresEach, frontends))];
        Database[] databases = [.. Enumerable.Range(0, deployment.Databases).Select(_ =>
            new Database(On(deployment.PostgresCores, postgres), new Disk(timeline, costs.SyncUs, costs.SyncRowUs, disks), new Turnstile(claims)))];
        _silos = [.. Enumerable.Range(0, deployment.Silos).Select(number => SiloOf(databases[number % databases.Length]))];

        Meter Named(string name, double capacity) => new(timeline, name, capacity);
        Cores On(int cores, Meter use) => deployment.IsOneMachine ? Machine : new Cores(timeline, cores, use);
        Silo SiloOf(Database database) => new(
            On(deployment.CoresEach, silos), database, new Writer(database, deployment, costs, draws, room), deployment, costs, slots);
    }

    public CostSheet Costs { get; }

    public Deployment Deployment { get; }

    /// <summary>What all processes and the driver share, where it is one machine.</summary>
    public Cores Machine { get; }

    /// <summary>The innermost first: who waits for something further in uses up what is further out.</summary>
    public IReadOnlyList<Meter> Meters { get; }

    public Meter PostgresCores { get; }

    public Meter Disks { get; }

    public Meter SiloCores { get; }

    public Meter FrontendCores { get; }

    public IReadOnlyList<Silo> Silos => _silos;

    public IReadOnlyList<Cores> Frontends => _frontends;

    public double RowsPerCommit => _silos.Sum(silo => silo.Writer.Rows) / Math.Max(1.0, _silos.Sum(silo => silo.Writer.Commits));

    public Cores AnyFrontend() => _draws.OneOf(_frontends);

    public Silo AnySilo() => _draws.OneOf(_silos);
}
