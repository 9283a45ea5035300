using System.Diagnostics;
using System.Text.Json.Nodes;
using Actors.Checkout;
using Actors.Cluster.Processes;

namespace Actors.Cluster.Tests;

/// <summary>
/// Three silos, two frontends and their Postgres, as processes that the tests break and mend: each test begins with all of it up.
/// </summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private LocalCluster? _cluster;
    private Client? _client;
    private int _turn;

    internal LocalCluster Cluster => _cluster!;

    internal Client Client => _client!;

    internal IReadOnlyList<SiloNode> Silos => [.. Cluster.Silos.Take(3)];

    internal Uri FirstFrontend => Cluster.Frontends[0].Mcp;

    internal Uri SecondFrontend => Cluster.Frontends[1].Mcp;

    /// <summary>The frontends that run, in turn, as behind a proxy without stickiness.</summary>
    internal Uri Next()
    {
        var up = Cluster.Frontends.Where(frontend => frontend.IsRunning).ToList();
        return up[(int)((uint)Interlocked.Increment(ref _turn) % (uint)up.Count)].Mcp;
    }

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions { ToolPacks = [BuildOutput.Find("tests/FixturePack", "Actors.FixturePack.dll")], IsProxied = true, StartTimeout = Deadline },
            cancellationToken);
        _client = new Client(await _cluster.IssueKeyAsync("acme", "ann", cancellationToken));
    }

    /// <summary>Another caller.</summary>
    internal async Task<Client> ClientOfAsync(string tenant, string subject, CancellationToken cancellationToken) =>
        new(await Cluster.IssueKeyAsync(tenant, subject, cancellationToken));

    /// <summary>Its operator's command <c>limits</c>.</summary>
    internal async Task LimitAsync(string tenant, string limit, int value, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(BuildOutput.Find("src/Frontend", "Actors.Frontend"), ["limits", "--tenant", tenant, $"--{limit}", $"{value}"])
        {
            WorkingDirectory = Cluster.Folder,
            RedirectStandardOutput = true,
        };
        start.Environment["Actors__Storage__ConnectionString"] = Cluster.Postgres.ConnectionString;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken).WaitAsync(Deadline, cancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>All of it up again, whatever the test before has done.</summary>
    internal Task HealAsync(CancellationToken cancellationToken) =>
        LocalCluster.HealAsync([.. Silos, .. Cluster.Frontends], Deadline, cancellationToken);

    /// <summary>Jobs that count for a while, with a checkpoint at each step, made through both frontends.</summary>
    internal async Task<IReadOnlyList<string>> StartCountingAsync(int jobs, int steps, int delayMs, CancellationToken cancellationToken) =>
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Client.CreateAsync(
            Next, "count_to", new JsonObject { ["n"] = steps, ["delayMs"] = delayMs }, cancellationToken)));

    /// <summary>Every one of them has counted to the end, in order.</summary>
    internal async Task AllEndAsync(IEnumerable<string> jobs, int steps, CancellationToken cancellationToken)
    {
        var ends = await Task.WhenAll(jobs.Select(job => Client.ReachesAsync(Next, job, "completed", cancellationToken)));
        foreach (var end in ends)
            Assert.StartsWith($"Counted to {steps};", TextOf(end), StringComparison.Ordinal);
    }

    internal static string TextOf(Answer task) =>
        task.Result!.Value.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
