using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What a caller sees of attempts that fail or take too long, of steps that cannot be, and of questions that nobody answers.</summary>
public sealed class AttemptTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exception", "An error occurred invoking 'fails_at_first'.")]
    [InlineData("transient", "An error occurred invoking 'fails_at_first': The printer is busy.")]
    [InlineData("marked", "The queue is full.")]
    public async Task A_failure_that_the_tool_says_may_pass_is_followed_by_another_attempt(string how, string error)
    {
        var job = await CreateAsync("fails_at_first", new() { ["how"] = how });

        var task = await server.UntilAsync(job, "completed", Token);

        Assert.Equal("Attempt 2.", TextOf(task));
        var attempts = await AttemptsAsync(job);
        Assert.Equal([(1, "failed"), (2, "completed")], attempts.Select(Ending));
        Assert.Equal(error, attempts[0].GetProperty("error").GetString());
        Assert.All(attempts, attempt =>
        {
            Assert.NotEmpty(attempt.GetProperty("silo").GetString()!);
            Assert.True(attempt.GetProperty("started_at").GetDateTimeOffset() <= attempt.GetProperty("ended_at").GetDateTimeOffset());
        });
    }

    [Theory]
    [InlineData("result", "No such file.")]
    [InlineData("defect", "An error occurred invoking 'fails_at_first'.")]
    public async Task Any_other_failure_is_the_result(string how, string error)
    {
        var job = await CreateAsync("fails_at_first", new() { ["how"] = how });

        var task = await server.UntilAsync(job, "completed", Token);

        Assert.True(task.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal(error, TextOf(task));
        Assert.Equal([(1, "completed")], (await AttemptsAsync(job)).Select(Ending));
    }

    [Fact]
    public async Task A_call_says_how_often_and_after_how_long_it_is_tried_again()
    {
        var once = await CreateAsync("fails_at_first", new() { ["how"] = "transient" }, new() { ["maxAttempts"] = 1 });
        var later = await CreateAsync("fails_at_first", new() { ["how"] = "transient" }, new() { ["firstDelayMs"] = 3_600_000, ["maxDelayMs"] = 3_600_000 });

        var failed = await server.UntilAsync(once, "failed", Token);
        JsonElement report;
        do
            report = await ReportAsync(later);
        while (report.GetProperty("status").GetString() != "queued" || !report.TryGetProperty("attempts", out _));

        Assert.Contains("The printer is busy.", failed.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal([(1, "failed")], (await AttemptsAsync(once)).Select(Ending));
        // A fifth of the delay is drawn by lot.
        var ended = Assert.Single(report.GetProperty("attempts").EnumerateArray()).GetProperty("ended_at").GetDateTimeOffset();
        Assert.InRange(report.GetProperty("start_at").GetDateTimeOffset() - ended, TimeSpan.FromMinutes(47), TimeSpan.FromMinutes(61));
        await server.CancelTaskAsync(later, Token);
    }

    [Fact]
    public async Task An_attempt_that_gives_no_sign_of_life_or_takes_too_long_is_stopped_and_followed_by_another_within_the_total_time()
    {
        var (silent, slow, late) = (await CreateAsync("falls_silent", []), await CreateAsync("overruns", []), await CreateAsync("runs_out_of_time", []));

        Assert.Equal("Attempt 2.", TextOf(await server.UntilAsync(silent, "completed", Token)));
        Assert.Equal("Attempt 2.", TextOf(await server.UntilAsync(slow, "completed", Token)));
        var failed = await server.UntilAsync(late, "failed", Token);

        Assert.Equal([(1, "heartbeat_missed"), (2, "completed")], (await AttemptsAsync(silent)).Select(Ending));
        Assert.Equal([(1, "timed_out"), (2, "completed")], (await AttemptsAsync(slow)).Select(Ending));
        Assert.Equal("'runs_out_of_time' was stopped after its total time of 1 s.", failed.GetProperty("error").GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("twice", 1, "The step 'charge' was begun before in this execution")]
    [InlineData("unnamed", 1, "'a b' is no name for a step")]
    [InlineData("large", 1, "has 1048578 bytes; the limit is 1048576")]
    [InlineData("changed", 2, "The result of the step 'charge' was stored as \"System.Int32 Int32\" and is asked for as \"System.String String\"")]
    public async Task A_step_that_cannot_be_fails_its_job_with_a_sentence_that_says_why(string how, int attempts, string said)
    {
        var job = await CreateAsync("misuses_steps", new() { ["how"] = how });

        var failed = await server.UntilAsync(job, "failed", Token);

        Assert.Contains(said, failed.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(attempts, (await AttemptsAsync(job)).Count);
    }

    [Fact]
    public async Task A_question_that_nobody_answers_ends_its_job_or_is_dismissed_as_the_tool_says()
    {
        var (failing, cancelled, goingOn) = (await AskAsync("asks_or_fails"), await AskAsync("asks_or_is_cancelled"), await AskAsync("asks_or_goes_on"));

        var failed = await server.UntilAsync(failing, "failed", Token);
        await server.UntilAsync(cancelled, "cancelled", Token);
        var completed = await server.UntilAsync(goingOn, "completed", Token);

        Assert.Matches("^Nobody answered the question \"input-1\" \\(Go on\\?\\) in time; it was open since 2.*Z", failed.GetProperty("error").GetProperty("message").GetString());
        Assert.Contains("Nobody answered the question", (await ReportAsync(cancelled)).GetProperty("status_message").GetString(), StringComparison.Ordinal);
        Assert.Equal("The answer: cancel.", TextOf(completed));
        var answered = Assert.Single((await ReportAsync(goingOn)).GetProperty("answered").EnumerateArray());
        Assert.Equal(("actors", "expiry"), (answered.GetProperty("by").GetString(), answered.GetProperty("through").GetString()));
        var late = await server.Wire.CallAsync("job_respond", new() { ["job_id"] = goingOn, ["key"] = "input-1", ["action"] = "decline" }, null, Token);
        Assert.Contains("by nobody: its time was over at 2", late.ToolText, StringComparison.Ordinal);
    }

    private static (int Number, string? Outcome) Ending(JsonElement attempt) =>
        (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("outcome").GetString());

    private static string TextOf(JsonElement task) => task.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    private async Task<string> CreateAsync(string tool, JsonObject arguments, JsonObject? retry = null)
    {
        var message = server.Wire.Request("tools/call", SessionWire.Call(tool, arguments), Wire.Tasks);
        if (retry is not null)
            message.Meta["actors/retry"] = retry;
        return (await server.Wire.SendAsync(message, Token)).TaskId;
    }

    private Task<string> AskAsync(string tool) => server.CreateTaskAsync(tool, [], Token, Wire.Elicitation);

    private async Task<JsonElement> ReportAsync(string job) =>
        (await server.Wire.CallAsync("job_get", new() { ["job_id"] = job }, null, Token)).Result.GetProperty("structuredContent");

    private async Task<IReadOnlyList<JsonElement>> AttemptsAsync(string job) => [.. (await ReportAsync(job)).GetProperty("attempts").EnumerateArray()];
}
