using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Crash.Tests;

public sealed class KillTests(KilledServer server, ITestOutputHelper output) : IClassFixture<KilledServer>
{
    [Fact]
    public async Task Every_running_job_goes_on_from_its_checkpoint_and_ends_once()
    {
        output.WriteLine($"All {KilledServer.RunningJobs} jobs ran again {server.Recovery.TotalSeconds:0.0} s after the restart began.");
        foreach (var job in server.Counting)
        {
            var task = await server.ReachesAsync(job, "completed");
            var steps = server.StepsOf(job);
            var (first, second) = (steps.StepsOf(attempt: 1), steps.StepsOf(attempt: 2));

            Assert.Equal(Enumerable.Range(1, first.Count), first);
            Assert.Equal(Enumerable.Range(second[0], KilledServer.LastStep + 1 - second[0]), second);
            // The last step before the kill may have been recorded and not saved: that one alone may happen twice.
            Assert.InRange(second[0], first[^1], first[^1] + 1);
            Assert.Equal(steps.Steps.Count, first.Count + second.Count);
            Assert.Equal([2], steps.Ends);
            Assert.Equal($"Counted to {KilledServer.LastStep}; attempt 2 went on after {second[0] - 1}.", TextOf(task));
        }
    }

    [Fact]
    public async Task A_step_that_was_stored_before_the_kill_has_no_effect_again()
    {
        var task = await server.ReachesAsync(server.Stepping, "completed");
        var record = server.StepsOf(server.Stepping);
        var (first, second) = (record.StepsOf(attempt: 1), record.StepsOf(attempt: 2));

        Assert.Equal(Enumerable.Range(1, first.Count), first);
        // The last step before the kill may have had its effect and not been stored: that one alone may happen twice.
        Assert.InRange(second[0], first[^1], first[^1] + 1);
        Assert.Equal(Enumerable.Range(second[0], KilledServer.LastStep + 1 - second[0]), second);
        Assert.Equal($"The steps' sum is {Enumerable.Range(1, KilledServer.LastStep).Sum()}; attempt 2.", TextOf(task));
    }

    [Fact]
    public async Task A_job_that_starts_over_makes_every_step_again()
    {
        await server.ReachesAsync(server.SteppingOver, "completed");

        Assert.Equal(Enumerable.Range(1, KilledServer.LastStep), server.StepsOf(server.SteppingOver).StepsOf(attempt: 2));
    }

    [Fact]
    public async Task A_job_that_must_not_happen_twice_fails_and_says_so()
    {
        var task = await server.ReachesAsync(server.OnceOnly, "failed");

        Assert.Contains("must not happen twice", task.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal([(1, 1)], server.StepsOf(server.OnceOnly).Steps);
    }

    [Fact]
    public async Task A_job_that_waited_for_an_answer_asks_the_same_and_takes_it()
    {
        var asking = await server.ReachesAsync(server.Asking, "input_required");
        Assert.Equal(Raw(server.AskingBefore, "inputRequests"), Raw(asking, "inputRequests"));

        var key = Assert.Single(asking.GetProperty("inputRequests").EnumerateObject()).Name;
        await server.Client.AnswerAsync(
            server.Asking,
            key,
            new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirm"] = true } },
            TestContext.Current.CancellationToken);

        Assert.Equal("Deleted a.txt.", TextOf(await server.ReachesAsync(server.Asking, "completed")));
    }

    [Fact]
    public async Task A_job_that_had_ended_reads_the_same_to_the_byte()
    {
        var after = await server.Client.GetTaskAsync(server.Ended, TestContext.Current.CancellationToken);

        Assert.Equal(server.EndedBefore.GetRawText(), after.GetRawText());
    }

    private static string Raw(JsonElement task, string property) => task.GetProperty(property).GetRawText();

    private static string? TextOf(JsonElement task) =>
        task.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();
}
