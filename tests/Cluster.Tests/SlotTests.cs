using System.Text.Json.Nodes;

namespace Actors.Cluster.Tests;

/// <summary>Two silos with one slot each, which look at the line only when they have reason to.</summary>
public sealed class SlotTests
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Actors:Attempts:MaxRunningAttempts"] = "1",
        ["Actors:Queue:LookEvery"] = "01:00:00",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_starts_where_a_slot_is_or_comes_free_whichever_silo_it_came_to()
    {
        await using var cluster = await OwnCluster.StartAsync(Settings, Token);
        var held = await HoldAsync(cluster);

        // Every second one comes to the silo whose slot is taken.
        for (var i = 0; i < 6; i++)
        {
            await EndsAsync(cluster, await CountAsync(cluster));
        }

        await HoldAsync(cluster);
        for (var i = 0; i < 4; i++)
        {
            // It waits for the first silo. An odd number of jobs in each round: in every second one it came to the other silo.
            var waiting = await CountAsync(cluster);
            await cluster.Client.CancelAsync(cluster.Frontend(), held, Token);
            await EndsAsync(cluster, waiting);
            await EndsAsync(cluster, await CountAsync(cluster));
            held = await HoldAsync(cluster);
        }
    }

    private static Task<string> CountAsync(OwnCluster cluster, int delayMs = 0) =>
        cluster.Client.CreateAsync(cluster.Frontend, "count_to", new JsonObject { ["n"] = 1, ["delayMs"] = delayMs }, Token);

    private static async Task<string> HoldAsync(OwnCluster cluster)
    {
        var job = await CountAsync(cluster, delayMs: 600_000);
        await Eventually.HoldsAsync($"{job} runs", async () =>
        {
            var answer = await cluster.Client.CallAsync(cluster.Frontend(), "job_get", new JsonObject { ["job_id"] = job }, Token);
            return answer.Result!.Value.GetProperty("structuredContent").GetProperty("status").GetString() == "running";
        }, Token);
        return job;
    }

    private static async Task EndsAsync(OwnCluster cluster, string job) => await cluster.Client.ReachesAsync(cluster.Frontend, job, "completed", Token);
}
