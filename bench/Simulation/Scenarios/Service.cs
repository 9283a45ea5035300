using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Engine;
using Actors.Bench.Simulation.Model;

namespace Actors.Bench.Simulation.Scenarios;

/// <summary>A deployment with clients, ready to be asked something.</summary>
internal sealed class Service
{
    private const int Seed = 1;

    // As many as keep every batch full, and as many again that wait for the next.
    private const int CallersPerRow = 2;
    private const int PollersPerCore = 16;

    // Of what lasts longer, few end in a second.
    private const double LongUs = 10 * SecondUs;
    private const double SecondUs = 1_000_000;

    private readonly Timeline _timeline = new();
    private readonly Draws _draws = new(Seed);
    private readonly Cluster _cluster;
    private readonly JobLife _jobs;
    private readonly Watchers _watchers;
    private readonly Tally _handles;
    private readonly Tally _ends;
    private readonly double _durationUs;

    private Service(CostSheet costs, Deployment deployment, TimeSpan duration, Watching watching)
    {
        _durationUs = duration.TotalMicroseconds;
        _cluster = new Cluster(_timeline, _draws, costs, deployment);
        _jobs = new JobLife(_timeline, _draws, _cluster, _durationUs);
        _watchers = new Watchers(_timeline, _draws, _cluster, _jobs, watching);
        (_handles, _ends) = (new Tally(_timeline), new Tally(_timeline));
        Upkeep.Begin(_timeline, _cluster, () => _jobs.Live, () => _watchers.Listeners);
        _watchers.Begin();
    }

    /// <summary>The most polls that are answered.</summary>
    public static Outcome MostPolls(CostSheet costs, Deployment deployment)
    {
        var service = new Service(costs, deployment, TimeSpan.Zero, Watching.Nobody);
        Demand.Closed(deployment.Frontends * deployment.CoresEach * PollersPerCore, service._watchers.Answers, service._watchers.Ask);
        return service.Measure(new Measuring { WarmupSeconds = 0.01, Seconds = 0.02, Count = 20_000 }, service._watchers.Answers, service._watchers.Answers);
    }

    /// <summary>So many polls a second, whether or not the others are answered.</summary>
    public static Outcome PollsAt(CostSheet costs, Deployment deployment, double pollsPerSecond)
    {
        var service = new Service(costs, deployment, TimeSpan.Zero, Watching.Nobody);
        var polls = service._watchers.Answers;
        Demand.Open(service._timeline, service._draws, () => pollsPerSecond, () => service._watchers.Ask(polls.Time(Nothing)));
        return service.Measure(new Measuring { WarmupSeconds = 0.01, Seconds = 0.02, Count = 20_000 }, polls, polls);
    }

    /// <summary>The most jobs that are created, run and ended, where they take no time themselves.</summary>
    public static Outcome MostJobs(CostSheet costs, Deployment deployment)
    {
        var unlimited = deployment with { SlotsPerSilo = int.MaxValue };
        var service = new Service(costs, unlimited, TimeSpan.Zero, Watching.Nobody);
        var callers = deployment.Silos * deployment.WriterConnections * deployment.BatchRows * CallersPerRow;
        // Half of them begin with the end of a job: all at once, creates and ends would come in waves.
        var begun = 0;
        Demand.Closed(callers, service._ends, again =>
        {
            if (begun < callers && begun++ % 2 == 0)
                service._jobs.Resume(service._cluster.AnySilo(), leftUs: 0, again);
            else
                service._jobs.Create(service._handles.Time(Nothing), again);
        });
        return service.Measure(new Measuring { WarmupSeconds = 0.1, WarmupCount = callers, Seconds = 0.1, Count = Math.Max(4 * callers, 20_000) }, service._ends, service._handles);
    }

    /// <summary>So many jobs a second, whether or not the others are done. How long their callers wait for the handle.</summary>
    public static Outcome At(CostSheet costs, Deployment deployment, double jobsPerSecond)
    {
        var service = new Service(costs, deployment with { SlotsPerSilo = int.MaxValue }, TimeSpan.Zero, Watching.Nobody);
        Demand.Open(service._timeline, service._draws, () => jobsPerSecond, () => service._jobs.Create(service._handles.Time(Nothing), service._ends.Time(Nothing)));
        return service.Measure(new Measuring { WarmupSeconds = 0.4, Seconds = 0.4, Count = 20_000 }, service._handles, service._handles);
    }

    /// <summary>Every slot taken, and always somebody in line for the next.</summary>
    public static Outcome WithFullSlots(CostSheet costs, Deployment deployment, TimeSpan duration, Watching watching)
    {
        var service = new Service(costs, deployment, duration, watching);
        var slots = deployment.Silos * deployment.SlotsPerSilo;
        service.Fill(slots);
        for (var waiting = 0; waiting < slots / 10; waiting++)
            service.CreateAnother();
        return service.MeasureLong();
    }

    /// <summary>So many jobs that run at any time, each for so long, and are watched.</summary>
    public static Outcome WithLive(CostSheet costs, Deployment deployment, int live, TimeSpan duration, Watching watching)
    {
        var service = new Service(costs, deployment, duration, watching);
        service.Fill(live);
        return service.MeasureLong();
    }

    /// <summary>Jobs that have run already, evenly long.</summary>
    private void Fill(int live)
    {
        for (var job = 0; job < live; job++)
            _jobs.Resume(_cluster.Silos[job % _cluster.Silos.Count], _durationUs * (job + 0.5) / live, _ends.Time(Ended));
    }

    private void CreateAnother() => _jobs.Create(_handles.Time(_watchers.JobCreated), _ends.Time(Ended));

    private void Ended()
    {
        _watchers.JobEnded();
        CreateAnother();
    }

    /// <summary>Of short jobs those that ran at the start are gone first; of long ones it is seen whether they can be replaced.</summary>
    private Outcome MeasureLong() => Measure(
        _durationUs < LongUs ? new Measuring { WarmupSeconds = 0.5 + _durationUs / SecondUs, Seconds = 1 } : new Measuring { WarmupSeconds = 0.5, Seconds = 3 },
        _ends,
        _watchers.Answers);

    private Outcome Measure(Measuring measuring, Tally done, Tally waited)
    {
        measuring.Run(_timeline, _cluster.Meters, done, waited);
        return Outcome.Of(_cluster, done, waited);
    }

    private static void Nothing()
    {
    }
}
