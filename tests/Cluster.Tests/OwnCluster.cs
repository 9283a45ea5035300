using System.Text.Json.Nodes;
using Actors.Checkout;
using Actors.Cluster.Processes;

namespace Actors.Cluster.Tests;

/// <summary>A small cluster of a test's own, for settings that the shared one does not have.</summary>
internal sealed class OwnCluster : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly Client _client;
    private int _turn;

    private OwnCluster(LocalCluster cluster, Client client) => (Cluster, _client) = (cluster, client);

    public LocalCluster Cluster { get; }

    public Client Client => _client;

    public Uri Frontend() => Cluster.Frontends[0].Mcp;

    /// <summary>The frontends in turn.</summary>
    public Uri Next() => Cluster.Frontends[(int)((uint)Interlocked.Increment(ref _turn) % (uint)Cluster.Frontends.Count)].Mcp;

    /// <summary>Two silos and a frontend or two, all with these settings.</summary>
    public static async Task<OwnCluster> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken, int frontends = 1)
    {
        var cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                Silos = 2,
                Frontends = frontends,
                ToolPacks = [BuildOutput.Find("tests/FixturePack", "Actors.FixturePack.dll")],
                SiloSettings = settings,
                FrontendSettings = settings,
                StartTimeout = Deadline,
            },
            cancellationToken);
        return new OwnCluster(cluster, new Client(await cluster.IssueKeyAsync("acme", "ann", cancellationToken)));
    }

    public async Task<IReadOnlyList<string>> StartCountingAsync(int jobs, int steps, int delayMs, CancellationToken cancellationToken) =>
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => Client.CreateAsync(
            Frontend, "count_to", new JsonObject { ["n"] = steps, ["delayMs"] = delayMs }, cancellationToken)));

    public async Task AllEndAsync(IEnumerable<string> jobs, CancellationToken cancellationToken) =>
        await Task.WhenAll(jobs.Select(job => Client.ReachesAsync(Frontend, job, "completed", cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Cluster.DisposeAsync();
    }
}
