using System.Text.Json.Nodes;

namespace Actors.Cluster.Tests;

/// <summary>A handle made through one frontend works through every other.</summary>
public sealed class ReplicaTests(RunningCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_polled_and_answered_through_another_frontend_than_it_was_made_through()
    {
        await cluster.HealAsync(Token);
        var job = await cluster.Client.CreateAsync(() => cluster.FirstFrontend, "confirm_delete", new JsonObject { ["filename"] = "a.txt" }, Token);
        var asking = await cluster.Client.ReachesAsync(() => cluster.SecondFrontend, job, "input_required", Token);
        var question = Assert.Single(asking.Result!.Value.GetProperty("inputRequests").EnumerateObject()).Name;

        var answer = await cluster.Client.AnswerAsync(
            cluster.SecondFrontend, job, question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirm"] = true } }, Token);

        Assert.NotNull(answer.Result);
        Assert.Equal("Deleted a.txt.", RunningCluster.TextOf(await cluster.Client.ReachesAsync(() => cluster.FirstFrontend, job, "completed", Token)));
    }

    [Fact]
    public async Task A_job_is_cancelled_through_another_frontend_than_it_was_made_through()
    {
        await cluster.HealAsync(Token);
        var job = await cluster.Client.CreateAsync(() => cluster.FirstFrontend, "slow_compute", new JsonObject { ["seconds"] = 600 }, Token);

        Assert.NotNull((await cluster.Client.CancelAsync(cluster.SecondFrontend, job, Token)).Result);

        await cluster.Client.ReachesAsync(() => cluster.FirstFrontend, job, "cancelled", Token);
    }

    [Fact]
    public async Task A_short_call_is_answered_by_whichever_silo_has_the_tool()
    {
        await cluster.HealAsync(Token);
        for (var i = 0; i < 20; i++)
        {
            var answer = await cluster.Client.CallAsync(cluster.Next(), "test_simple_text", [], Token);
            Assert.Equal("text", answer.Result!.Value.GetProperty("content")[0].GetProperty("type").GetString());
        }
    }

    [Fact]
    public async Task Streams_of_a_frontend_that_dies_are_taken_up_at_another_and_lose_nothing()
    {
        await cluster.HealAsync(Token);
        var job = await cluster.Client.CreateAsync(() => cluster.SecondFrontend, "confirm_delete", new JsonObject { ["filename"] = "b.txt" }, Token);
        var asking = await cluster.Client.ReachesAsync(() => cluster.SecondFrontend, job, "input_required", Token);
        var first = cluster.Client.ListenAsync(cluster.FirstFrontend, job, Token).GetAsyncEnumerator(Token);
        await using (first)
        {
            Assert.True(await first.MoveNextAsync());
            Assert.Equal("input_required", first.Current);

            await cluster.Cluster.Frontends[0].KillAsync(Token);
            while (await first.MoveNextAsync())
                Assert.Equal("input_required", first.Current);
        }

        await using var second = cluster.Client.ListenAsync(cluster.SecondFrontend, job, Token).GetAsyncEnumerator(Token);
        Assert.True(await second.MoveNextAsync());
        var question = Assert.Single(asking.Result!.Value.GetProperty("inputRequests").EnumerateObject()).Name;
        await cluster.Client.AnswerAsync(
            cluster.SecondFrontend, job, question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirm"] = false } }, Token);
        var last = second.Current;
        while (last != "completed" && await second.MoveNextAsync())
            last = second.Current;
        Assert.Equal("completed", last);
    }
}
