using System.Text.Json.Nodes;

namespace Actors.Cluster.Tests;

/// <summary>Processes may be started in any order, also after a power cut.</summary>
public sealed class FrontendStartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_frontend_that_is_started_while_all_silos_are_dead_waits_for_one()
    {
        await using var own = await OwnCluster.StartAsync(new Dictionary<string, string>(), Token);
        foreach (var silo in own.Cluster.Silos)
            await silo.KillAsync(Token);

        var late = own.Cluster.AddFrontend();
        await Eventually.HoldsAsync("it waits", async () => (await LogAsync(late.LogFile)).Contains("Waiting for a silo: None of the cluster's gateways", StringComparison.Ordinal), Token);
        Assert.True(late.IsRunning);
        Assert.False(await late.IsReadyAsync(Token));

        own.Cluster.Silos[0].Start();
        await late.WaitUntilReadyAsync(Deadline, Token);
        var job = await own.Client.CreateAsync(() => late.Mcp, "count_to", new JsonObject { ["n"] = 1, ["delayMs"] = 1 }, Token);
        await own.Client.ReachesAsync(() => late.Mcp, job, "completed", Token);
    }

    // The process goes on writing it.
    private static async Task<string> LogAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }
}
