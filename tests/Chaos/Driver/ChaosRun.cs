using System.Globalization;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Driver.Clients;
using Actors.Chaos.Driver.Faults;
using Actors.Chaos.Driver.Wire;
using Actors.Chaos.Pack;
using Actors.Checkout;
using Actors.Cluster.Processes;
using Npgsql;

namespace Actors.Chaos.Driver;

/// <summary>One run: a cluster, clients at work, faults, and the end, all of it in a record.</summary>
internal sealed class ChaosRun(ChaosOptions options, string folder, TextWriter output) : IAsyncDisposable
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HealDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ClockEvery = TimeSpan.FromSeconds(10);
    private const double SlowScheduleMinutes = 5;
    private static readonly Dictionary<string, string> WebhookSettings = new()
    {
        ["Actors:Webhooks:AllowHttp"] = "true",
        ["Actors:Webhooks:AllowPrivateAddresses"] = "true",
        ["Actors:Webhooks:Timeout"] = "00:00:02",
        ["Actors:Webhooks:FirstRetryDelay"] = "00:00:00.300",
        ["Actors:Webhooks:MaxRetryDelay"] = "00:00:02",
        // Whatever its luck is: a message is not given up in a run.
        ["Actors:Webhooks:MaxTries"] = "100",
    };
    private static readonly string[] Tenants = ["blue", "green", "red"];
    private static readonly string[] Subjects = ["ann", "bob", "eve"];

    private readonly RunClock _clock = new();
    private readonly RecordWriter _record = new(Path.Combine(folder, RecordName));
    private readonly JobBoard _board = new();

    public const string RecordName = "record.jsonl";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await StartClusterAsync(cancellationToken);
        await using var balancer = new TcpProxy(FreePorts.Next(), cluster.Frontends.Select(frontend => frontend.Address.Port));
        var effects = new EffectsTable(cluster.Postgres.ConnectionString);
        await effects.CreateAsync(cancellationToken);
        _record.Add(await effects.ReadClockAsync(_clock, cancellationToken));
        var callers = await CallersAsync(cluster, cancellationToken);
        var limits = new OperatorLimits(_record, cluster.Postgres.ConnectionString);
        await limits.SetAsync(cancellationToken);
        Endpoint[] frontends = [.. cluster.Frontends.Select(frontend => new Endpoint(frontend.Name, () => frontend.Mcp))];
        var balanced = new Endpoint("balancer", () => new Uri($"http://127.0.0.1:{balancer.Port}/mcp"));

        await using var webhooks = new WebhookReceiver(options.Seed, _record, _clock);
        await webhooks.ShareSecretsAsync(Tenants, cluster.Postgres.ConnectionString, cancellationToken);
        using var recurring = new RecurringWork(frontends, _record, _clock, cluster.Postgres.ConnectionString);
        await recurring.CreateAsync(callers, options.Minutes >= SlowScheduleMinutes, _board.NextToken, cancellationToken);

        output.WriteLine($"{_clock.NowMs / 1000,6:0} s  {cluster.Silos.Count} silos and {cluster.Frontends.Count} frontends are ready; {options.Clients} clients start");
        var supervision = new Supervision(cluster, _record, _clock);
        await DisturbAsync(cluster, callers, [.. frontends, balanced], webhooks, supervision, effects, cancellationToken);
        webhooks.Heal();
        await limits.LiftAsync(cancellationToken);

        output.WriteLine($"{_clock.NowMs / 1000,6:0} s  healed; {_board.All.Count} jobs, of which {_board.All.Count(job => !job.HasEnded)} are not known to have ended");
        using (var final = new FinalReading(frontends, callers, _record, _clock))
            await final.RunAsync(_board.All, recurring, new FollowingCalls(cluster.Postgres.ConnectionString), webhooks, cancellationToken);
        _record.Add(await effects.ReadClockAsync(_clock, cancellationToken));
        await effects.DumpAsync(_record, cancellationToken);
        output.WriteLine($"{_clock.NowMs / 1000,6:0} s  every handle was read through every frontend");
    }

    public ValueTask DisposeAsync() => _record.DisposeAsync();

    private async Task DisturbAsync(
        LocalCluster cluster, IReadOnlyList<Caller> callers, IReadOnlyList<Endpoint> endpoints, WebhookReceiver webhooks, Supervision supervision,
        EffectsTable effects, CancellationToken cancellationToken)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var disturbing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ChaosClient[] clients =
            [.. Enumerable.Range(0, options.Clients).Select(number => new ChaosClient(number, callers[number % callers.Count], _board, endpoints, webhooks, options.Seed, _record, _clock))];
        Task[] work = [.. clients.Select(client => client.RunAsync(working.Token)), supervision.RunAsync(working.Token), ReadClockAsync(effects, working.Token)];
        await Task.Delay(WarmUp, TimeProvider.System, cancellationToken);

        disturbing.CancelAfter(TimeSpan.FromMinutes(options.Minutes));
        await new FaultInjection(cluster, new FaultPlan(options.Seed, Kinds()), supervision, _record, _clock).RunAsync(disturbing.Token);
        await HealAsync(cluster, cancellationToken);
        await Task.Delay(WarmUp, TimeProvider.System, cancellationToken); // the clients see it whole again

        await working.CancelAsync();
        await Task.WhenAll(work);
        foreach (var client in clients)
            client.Dispose();
    }

    /// <summary>Waits until all is ready. What ends by itself meanwhile, because it learns late that it was declared dead, is started again.</summary>
    private async Task HealAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        var since = _clock.NowMs;
        while (true)
        {
            try
            {
                await cluster.WaitUntilReadyAsync(HealDeadline, cancellationToken);
                return;
            }
            catch (InvalidOperationException e) when (_clock.NowMs - since < HealDeadline.TotalMilliseconds)
            {
                output.WriteLine($"{_clock.NowMs / 1000,6:0} s  {e.Message.Split('.')[0]}; it is started again");
            }
        }
    }

    private Task<LocalCluster> StartClusterAsync(CancellationToken cancellationToken) => LocalCluster.StartAsync(
        new LocalClusterOptions
        {
            Silos = options.Silos,
            Frontends = options.Frontends,
            IsOneProcess = options.IsOneProcess,
            IsProxied = true,
            Folder = folder,
            ToolPacks = [BuildOutput.Find("tests/Chaos/Pack", "Actors.Chaos.Pack.dll")],
            SiloSettings = new Dictionary<string, string>(WebhookSettings)
            {
                ["Actors:Storage:Lease:Duration"] = "00:00:04",
                ["Actors:Storage:Lease:RenewEvery"] = "00:00:01",
                ["Actors:Storage:Lease:StopMargin"] = "00:00:01",
                ["Actors:Attempts:DrainTimeout"] = "00:00:03",
                ["Actors:Jobs:SpillResultBytes"] = ChaosLimits.SpillBytes.ToString(CultureInfo.InvariantCulture),
                ["Actors:FollowUps:RetryAfter"] = "00:00:00.500",
                ["Actors:FollowUps:MissingToolPatience"] = "01:00:00",
                ["Actors:Attempts:ParkAfter"] = "00:00:00.500",
                ["Actors:Schedules:RetryAfter"] = "00:00:00.200",
                // However slow the machine is: a silo comes back.
                ["Actors:Schedules:MissingToolPatience"] = "01:00:00",
            },
            FrontendSettings = new Dictionary<string, string>(WebhookSettings) { ["Actors:Drain:Notice"] = "00:00:01", ["Actors:Drain:Timeout"] = "00:00:10" },
        },
        cancellationToken);

    private FaultKind[] Kinds()
    {
        if (options.Faults.Count > 0)
            return [.. options.Faults.Select(name => Enum.Parse<FaultKind>(name, ignoreCase: true))];
        return options.IsOneProcess
            ? [FaultKind.KillFrontend, FaultKind.PauseFrontend, FaultKind.DrainFrontend, FaultKind.KillPostgres, FaultKind.StopPostgres, FaultKind.CutFrontendFromPostgres]
            : Enum.GetValues<FaultKind>();
    }

    private static async Task<IReadOnlyList<Caller>> CallersAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        var callers = new List<Caller>();
        foreach (var tenant in Tenants)
        {
            foreach (var subject in Subjects)
                callers.Add(new Caller($"{tenant}/{subject}", await cluster.IssueKeyAsync(tenant, subject, cancellationToken)));
        }

        return callers;
    }

    /// <summary>Now and then, while the database is there: its clock may be set while a run lasts.</summary>
    private async Task ReadClockAsync(EffectsTable effects, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(ClockEvery, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _record.Add(await effects.ReadClockAsync(_clock, cancellationToken));
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                // The database is away: the next reading will do.
            }
        }
    }
}
