using Actors.Chaos.Checker.Records;
using Actors.Cluster.Processes;

namespace Actors.Chaos.Driver.Faults;

/// <summary>Does to the cluster what the plan says, makes it good again, and records both.</summary>
internal sealed class FaultInjection(LocalCluster cluster, FaultPlan plan, Supervision supervision, RecordWriter record, RunClock clock)
{
    private const int MostSilos = 5;
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _postgres = new(1); // one fault at a time

    /// <summary>Until cancelled; then the last fault is made good, and everything is left running.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var together = new List<PlannedFault> { plan.Next() };
            if (together[0].WithNext)
                together.Add(plan.Next());
            await Task.WhenAll(together.Select(fault => InjectAsync(fault, cancellationToken)));
            await WaitAsync(together[^1].Peace, cancellationToken);
        }
    }

    private async Task InjectAsync(PlannedFault fault, CancellationToken ending)
    {
        var start = clock.NowMs;
        var (target, detail) = await (fault.Kind switch
        {
            FaultKind.KillSilo => OnSiloAsync(fault, silo => KillAsync(silo, fault, moved: false, ending)),
            FaultKind.KillSiloMoved => OnSiloAsync(fault, silo => KillAsync(silo, fault, moved: true, ending)),
            FaultKind.KillEverySilo => KillEverySiloAsync(fault, ending),
            FaultKind.KillFrontend => OnFrontendAsync(fault, frontend => KillAsync(frontend, fault, moved: false, ending)),
            FaultKind.PauseSilo => OnSiloAsync(fault, silo => PauseAsync(silo, fault, ending)),
            FaultKind.PauseFrontend => OnFrontendAsync(fault, frontend => PauseAsync(frontend, fault, ending)),
            FaultKind.DrainSilo => OnSiloAsync(fault, silo => DrainAsync(silo, fault, ending)),
            FaultKind.DrainFrontend => OnFrontendAsync(fault, frontend => DrainAsync(frontend, fault, ending)),
            FaultKind.AddSilo => AddSiloAsync(fault),
            FaultKind.KillPostgres => OnPostgresAsync(postgres => postgres.KillAsync(CancellationToken.None), fault, ending),
            FaultKind.StopPostgres => OnPostgresAsync(postgres => postgres.StopAsync(), fault, ending),
            FaultKind.PartitionSilos => PartitionAsync(fault, ending),
            FaultKind.IsolateSilo => OnSiloAsync(fault, silo => HoldAsync(cluster.Isolate(silo), fault, ending)),
            FaultKind.CutSiloFromPostgres => OnSiloAsync(fault, silo => HoldAsync(LocalCluster.CutFromDatabase(silo), fault, ending)),
            FaultKind.CutFrontendFromPostgres => OnFrontendAsync(fault, frontend => HoldAsync(LocalCluster.CutFromDatabase(frontend), fault, ending)),
            _ => throw new InvalidOperationException($"{fault.Kind} is not known."),
        });
        record.Add(new FaultRecord(fault.Kind.ToString(), target, start, clock.NowMs, detail));
    }

    private async Task<(string, string?)> OnSiloAsync(PlannedFault fault, Func<SiloNode, Task<string?>> act) => await OnOneAsync(cluster.Silos, fault, act);

    private async Task<(string, string?)> OnFrontendAsync(PlannedFault fault, Func<FrontendNode, Task<string?>> act) =>
        await OnOneAsync(cluster.Frontends, fault, act);

    /// <summary>One that runs, and that no other fault has.</summary>
    private async Task<(string, string?)> OnOneAsync<T>(IReadOnlyList<T> nodes, PlannedFault fault, Func<T, Task<string?>> act) where T : ClusterNode
    {
        foreach (var node in nodes.Skip(fault.Choice % nodes.Count).Concat(nodes.Take(fault.Choice % nodes.Count)))
        {
            using var taken = supervision.Take(node);
            if (taken is not null && node.IsRunning)
                return (node.Name, await act(node));
        }

        return ("none", "nobody was there for it");
    }

    private static async Task<string?> KillAsync(ClusterNode node, PlannedFault fault, bool moved, CancellationToken ending)
    {
        await node.KillAsync(CancellationToken.None);
        await WaitAsync(fault.Duration, ending);
        if (moved)
            await node.MoveAsync();
        node.Start();
        return null;
    }

    private async Task<(string, string?)> KillEverySiloAsync(PlannedFault fault, CancellationToken ending)
    {
        var taken = cluster.Silos.Select(silo => (Silo: silo, Taken: supervision.Take(silo))).Where(pair => pair.Taken is not null).ToList();
        try
        {
            var running = taken.Where(pair => pair.Silo.IsRunning).Select(pair => pair.Silo).ToList();
            await Task.WhenAll(running.Select(silo => silo.KillAsync(CancellationToken.None)));
            await WaitAsync(fault.Duration, ending);
            foreach (var silo in running)
            {
                if (fault.Choice % 2 == 0)
                    await silo.MoveAsync();
                silo.Start();
            }

            return (string.Join('+', running.Select(silo => silo.Name)), fault.Choice % 2 == 0 ? "back on other ports" : null);
        }
        finally
        {
            taken.ForEach(pair => pair.Taken!.Dispose());
        }
    }

    private static async Task<string?> PauseAsync(ClusterNode node, PlannedFault fault, CancellationToken ending)
    {
        node.Pause();
        await WaitAsync(fault.Duration, ending);
        node.Resume();
        return null;
    }

    private async Task<string?> DrainAsync(ClusterNode node, PlannedFault fault, CancellationToken ending)
    {
        var since = clock.NowMs;
        int code;
        try
        {
            code = await node.TerminateAsync(DrainDeadline, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            await node.KillAsync(CancellationToken.None);
            node.Start();
            return "did not end, and was killed";
        }

        var detail = $"ended after {(clock.NowMs - since) / 1000:0.0} s with code {code}";
        await WaitAsync(fault.Duration, ending);
        node.Start();
        return detail;
    }

    /// <summary>Adds one; where there are many already, one drains and stays away.</summary>
    private async Task<(string, string?)> AddSiloAsync(PlannedFault fault)
    {
        if (cluster.Silos.Count(silo => silo.IsRunning) < MostSilos)
            return (cluster.AddSilo().Name, null);
        return await OnSiloAsync(fault, async silo =>
        {
            supervision.Retire(silo);
            var code = await silo.TerminateAsync(DrainDeadline, CancellationToken.None);
            return $"removed instead, ended with code {code}";
        });
    }

    private async Task<(string, string?)> OnPostgresAsync(Func<ClusterPostgres, Task> stop, PlannedFault fault, CancellationToken ending)
    {
        await _postgres.WaitAsync(CancellationToken.None);
        try
        {
            await stop(cluster.Postgres);
            await WaitAsync(fault.Duration, ending);
            await cluster.Postgres.StartAgainAsync(CancellationToken.None);
            return ("postgres", null);
        }
        finally
        {
            _postgres.Release();
        }
    }

    private async Task<(string, string?)> PartitionAsync(PlannedFault fault, CancellationToken ending)
    {
        var running = cluster.Silos.Where(silo => silo.IsRunning).ToList();
        if (running.Count < 2)
            return ("none", "nobody was there for it");
        var one = fault.Choice % running.Count;
        var other = (one + 1 + (fault.Choice / 7 % (running.Count - 1))) % running.Count;
        await HoldAsync(LocalCluster.Partition(running[one], running[other]), fault, ending);
        return ($"{running[one].Name}|{running[other].Name}", null);
    }

    private static async Task<string?> HoldAsync(IDisposable hold, PlannedFault fault, CancellationToken ending)
    {
        using (hold)
            await WaitAsync(fault.Duration, ending);
        return null;
    }

    private static Task WaitAsync(TimeSpan duration, CancellationToken ending) =>
        Task.Delay(duration, TimeProvider.System, ending).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
