using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What a client sees of a job that fails and is tried again, by itself or by hand.</summary>
public sealed class JobRetryTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_waits_for_its_next_attempt_says_why_and_until_when_wherever_it_is_asked()
    {
        var job = await server.CreateTaskAsync("late_retry", [], Token);
        JsonElement report;
        do
            report = Structure(await ToolAsync("job_get", job));
        while (report.GetProperty("status").GetString() != "queued");

        const string Sentence = "Attempt 1 of 5 failed: An error occurred invoking 'late_retry': The printer is busy; the next starts at ";
        Assert.StartsWith(Sentence, report.GetProperty("status_message").GetString(), StringComparison.Ordinal);
        var task = (await server.GetTaskAsync(job, Token)).Result;
        Assert.Equal("working", task.GetProperty("status").GetString());
        Assert.StartsWith(Sentence, task.GetProperty("statusMessage").GetString(), StringComparison.Ordinal);
        var waiting = (await ToolAsync("job_wait", job, new() { ["timeout_seconds"] = 0 })).ToolText;
        Assert.StartsWith($"Job {job} (late_retry) has begun and is in line again to go on. {Sentence}", waiting, StringComparison.Ordinal);

        var attempt = Assert.Single(report.GetProperty("attempts").EnumerateArray());
        Assert.Equal((1, "failed"), (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("outcome").GetString()));
        Assert.Equal("An error occurred invoking 'late_retry': The printer is busy.", attempt.GetProperty("error").GetString());
        Assert.NotEmpty(attempt.GetProperty("silo").GetString()!);
        Assert.True(attempt.GetProperty("started_at").GetDateTimeOffset() <= attempt.GetProperty("ended_at").GetDateTimeOffset());

        var log = Structure(await ToolAsync("job_log", job)).GetProperty("entries").EnumerateArray().Last();
        Assert.StartsWith($"Queued: {Sentence}", log.GetProperty("text").GetString(), StringComparison.Ordinal);
        await server.CancelTaskAsync(job, Token);
    }

    [Fact]
    public async Task A_job_without_attempts_left_is_tried_again_by_hand_and_takes_over_what_it_had_done()
    {
        var job = await server.CreateTaskAsync("flaky_job", new() { ["failures"] = 3 }, Token);
        var failed = await server.UntilAsync(job, "failed", Token);
        Assert.Contains(
            "The printer is busy at try 2. It was the last of 2 attempts.", failed.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["failed", "failed"],
            Structure(await ToolAsync("job_get", job)).GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString()));

        var retry = await ToolAsync("job_retry", job);
        Assert.False(retry.IsToolError);
        var again = Structure(retry).GetProperty("job_id").GetString()!;
        Assert.NotEqual(job, again);
        Assert.Equal(job, Structure(retry).GetProperty("retry_of").GetString());
        var done = await server.UntilAsync(again, "completed", Token);
        Assert.Equal($"Try 4 went on after the step of job {job}.", done.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());

        // Its end does not change, and once its retry has completed there is nothing more to do.
        var after = (await server.GetTaskAsync(job, Token)).Result;
        Assert.All(
            ["status", "lastUpdatedAt", "error"], member => Assert.Equal(failed.GetProperty(member).GetRawText(), after.GetProperty(member).GetRawText()));
        var once = await ToolAsync("job_retry", job);
        Assert.Contains("tried again already", once.ToolText, StringComparison.Ordinal);
        Assert.Equal(again, Structure(once).GetProperty("job_id").GetString());
    }

    [Fact]
    public async Task A_retry_that_fails_too_is_itself_tried_again()
    {
        var job = await server.CreateTaskAsync("flaky_job", new() { ["failures"] = 5 }, Token);
        await server.UntilAsync(job, "failed", Token);
        var second = Structure(await ToolAsync("job_retry", job)).GetProperty("job_id").GetString()!;
        await server.UntilAsync(second, "failed", Token);

        var third = Structure(await ToolAsync("job_retry", job));

        Assert.Equal(second, third.GetProperty("retry_of").GetString());
        var done = await server.UntilAsync(third.GetProperty("job_id").GetString()!, "completed", Token);
        Assert.Equal($"Try 6 went on after the step of job {job}.", done.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_cancelled_job_is_tried_again_once_however_often_that_is_asked()
    {
        var job = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 60, ["label"] = "it" }, Token);
        await server.CancelTaskAsync(job, Token);
        await server.UntilAsync(job, "cancelled", Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ToolAsync("job_retry", job)));

        var again = Assert.Single(answers.Select(answer => Structure(answer).GetProperty("job_id").GetString()!).Distinct());
        Assert.Equal("working", (await server.GetTaskAsync(again, Token)).Result.GetProperty("status").GetString());
        await server.CancelTaskAsync(again, Token);
    }

    [Fact]
    public async Task A_job_that_runs_or_has_completed_is_not_tried_again_and_the_answer_says_what_to_do()
    {
        var running = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 60 }, Token);
        var completed = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 0 }, Token);
        await server.UntilAsync(completed, "completed", Token);

        var (first, second) = (await ToolAsync("job_retry", running), await ToolAsync("job_retry", completed));

        Assert.True(first.IsToolError && second.IsToolError);
        Assert.Contains("has not ended", first.ToolText, StringComparison.Ordinal);
        Assert.Contains("has completed; there is nothing to try again", second.ToolText, StringComparison.Ordinal);
        await server.CancelTaskAsync(running, Token);
    }

    private Task<Reply> ToolAsync(string tool, string job, JsonObject? more = null)
    {
        var arguments = more ?? [];
        arguments["job_id"] = job;
        return server.Wire.CallAsync(tool, arguments, null, Token);
    }

    private static JsonElement Structure(Reply reply) => reply.Result.GetProperty("structuredContent");
}
