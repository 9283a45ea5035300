using Actors.Bench.Driver.Processes;
using Actors.Checkout;
using Actors.Cluster.Processes;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Three silos and two frontends as processes over a Postgres of their own, with the product's default settings.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);

    private readonly LocalCluster _cluster;

    private BenchCluster(LocalCluster cluster, string key) => (_cluster, Key) = (cluster, key);

    public string Key { get; }

    public string ConnectionString => _cluster.Postgres.ConnectionString;

    public Marks Marks { get; } = new();

    public IReadOnlyList<SiloNode> Silos => _cluster.Silos;

    public IReadOnlyList<Uri> Frontends => [.. _cluster.Frontends.Select(frontend => frontend.Address)];

    /// <summary>The processes that run now.</summary>
    public IReadOnlyList<ProcessGroup> Groups =>
    [
        new("silos", [.. _cluster.Silos.Select(silo => silo.Pid)]),
        new("frontends", [.. _cluster.Frontends.Select(frontend => frontend.Pid)]),
        ProcessGroup.Driver,
    ];

    public static Task<BenchCluster> StartAsync(int? slotsPerSilo = null) => StartAsync(silos: 3, frontends: 2, slotsPerSilo);

    public static async Task<BenchCluster> StartAsync(int silos, int frontends, int? slotsPerSilo)
    {
        var options = new LocalClusterOptions
        {
            Silos = silos,
            Frontends = frontends,
            ToolPacks = [BuildOutput.Find("bench/Pack", "Actors.Bench.Pack.dll")],
            StartTimeout = StartDeadline,
            SiloSettings = slotsPerSilo is { } slots
                ? new Dictionary<string, string> { ["Actors:Attempts:MaxRunningAttempts"] = slots.ToString(System.Globalization.CultureInfo.InvariantCulture) }
                : new Dictionary<string, string>(),
        };
        var cluster = await LocalCluster.StartAsync(options, CancellationToken.None);
        return new BenchCluster(cluster, await cluster.IssueKeyAsync("bench", "driver", CancellationToken.None));
    }

    /// <summary>Which silo has a process.</summary>
    public SiloNode SiloOf(int pid) => Silos.First(silo => silo.Pid == pid);

    /// <summary>Starts it after its death, and waits until it takes jobs.</summary>
    public static async Task ReviveAsync(SiloNode silo)
    {
        silo.Start();
        await silo.WaitUntilReadyAsync(StartDeadline, CancellationToken.None);
    }

    public Task<string> CreateKeyAsync(string tenant) => _cluster.IssueKeyAsync(tenant, "driver", CancellationToken.None);

    public async Task<Agent> ConnectAsync(string? key = null)
    {
        var agent = new Agent(this, key ?? Key);
        await agent.ConnectAsync();
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Marks.Dispose();
    }
}
