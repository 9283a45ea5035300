using System.Text.Json.Nodes;
using Actors.Checkout;

namespace Actors.Cluster.Tests;

/// <summary>While a cluster is upgraded silo by silo, some silos have tools that others lack.</summary>
public sealed class UpgradeTests(RunningCluster cluster)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_tool_is_offered_as_soon_as_one_silo_has_it_and_runs_there_and_nowhere_else()
    {
        await cluster.HealAsync(Token);
        Assert.DoesNotContain("slow_thing", await cluster.Client.ToolsAsync(cluster.FirstFrontend, Token));

        var upgraded = cluster.Cluster.AddSilo([BuildOutput.Find("samples/Workshop", "Actors.Workshop.dll")]);
        await upgraded.WaitUntilReadyAsync(Deadline, Token);
        foreach (var frontend in (Uri[])[cluster.FirstFrontend, cluster.SecondFrontend])
            await Eventually.HoldsAsync("the tool is listed", async () => (await cluster.Client.ToolsAsync(frontend, Token)).Contains("slow_thing"), Token);
        var jobs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => cluster.Client.CreateAsync(
            cluster.Next, "slow_thing", new JsonObject { ["seconds"] = 1 }, Token)));
        foreach (var job in jobs)
            await cluster.Client.ReachesAsync(cluster.Next, job, "completed", Token);

        // Its job waits for it, and for no other silo.
        var last = await cluster.Client.CreateAsync(cluster.Next, "slow_thing", new JsonObject { ["seconds"] = 5 }, Token);
        await upgraded.KillAsync(Token);
        await Eventually.HoldsAsync("the tool is gone", async () => !(await cluster.Client.ToolsAsync(cluster.FirstFrontend, Token)).Contains("slow_thing"), Token);
        Assert.Equal("working", (await cluster.Client.GetAsync(cluster.Next(), last, Token)).Status);
        upgraded.Start();
        await cluster.Client.ReachesAsync(cluster.Next, last, "completed", Token);
        Assert.Equal(0, await upgraded.TerminateAsync(Deadline, Token));
    }
}
