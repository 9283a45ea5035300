using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>How a client without the tasks extension meets a job.</summary>
public sealed class JobToolTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_ends_within_the_window_answers_as_a_short_tool_does()
    {
        var reply = await server.Wire.CallAsync("slow_compute", new JsonObject { ["seconds"] = 0, ["label"] = "it" }, null, Token);

        Assert.Equal("Computed it.", reply.ToolText);
        Assert.Equal("complete", reply.Result.GetProperty("resultType").GetString());
    }

    [Fact]
    public async Task A_job_that_outlives_the_window_hands_over_to_the_job_tools()
    {
        var handedOver = await server.Wire.CallAsync("slow_compute", new JsonObject { ["seconds"] = 4, ["label"] = "it" }, null, Token);

        Assert.False(handedOver.IsToolError);
        var job = JobId(handedOver);
        Assert.Contains("job_wait", handedOver.ToolText, StringComparison.Ordinal);
        Assert.Contains(job, handedOver.ToolText, StringComparison.Ordinal);
        Assert.Equal("running", Status(await ToolAsync("job_get", job)));
        Reply waited;
        do
            waited = await ToolAsync("job_wait", job);
        while (Status(waited) == "running");
        Assert.Equal("completed", Status(waited));
        Assert.Contains("Computed it.", waited.ToolText, StringComparison.Ordinal);
        Assert.Equal("Computed it.", (await ToolAsync("job_result", job)).ToolText);
    }

    [Fact]
    public async Task Progress_streams_while_the_window_is_open()
    {
        var message = server.Wire.Request("tools/call", new JsonObject
        {
            ["name"] = "slow_compute",
            ["arguments"] = new JsonObject { ["seconds"] = 4 },
            ["_meta"] = new JsonObject { ["progressToken"] = 7 },
        });

        await using var events = await server.Wire.StreamAsync(message, Token);

        var progress = await events.NextAsync("notifications/progress", Token);
        Assert.Equal(7, progress.GetProperty("params").GetProperty("progressToken").GetInt32());
        JsonElement? last = progress;
        while (await events.NextAsync(Token) is { } next)
            last = next;
        Assert.Contains("job_wait", last!.Value.GetProperty("result").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_is_put_and_answered_through_the_tools()
    {
        var asking = await server.Wire.CallAsync("confirm_delete", new JsonObject { ["filename"] = "a.txt" }, null, Token);
        var job = JobId(asking);
        Assert.Equal("input_required", Status(asking));
        Assert.Contains("Delete a.txt?", asking.ToolText, StringComparison.Ordinal);

        var mistake = await ToolAsync("job_respond", job);
        Assert.True(mistake.IsToolError);
        Assert.Contains("content", mistake.ToolText, StringComparison.Ordinal);
        var taken = await ToolAsync("job_respond", job, new JsonObject { ["content"] = new JsonObject { ["confirm"] = true } });
        Assert.False(taken.IsToolError);

        Assert.Equal("completed", Status(await ToolAsync("job_wait", job)));
        Assert.Equal("Deleted a.txt.", (await ToolAsync("job_result", job)).ToolText);
    }

    [Fact]
    public async Task A_second_answer_is_told_who_was_first_and_changes_nothing()
    {
        var job = JobId(await server.Wire.CallAsync("ask_twice", [], null, Token));
        var named = new JsonObject { ["key"] = "input-1", ["content"] = new JsonObject { ["name"] = "Ada" } };
        Assert.StartsWith("The answer is taken.", (await ToolAsync("job_respond", job, (JsonObject)named.DeepClone())).ToolText, StringComparison.Ordinal);

        var second = await ToolAsync("job_respond", job, new JsonObject { ["key"] = "input-1", ["content"] = new JsonObject { ["name"] = "Bob" } });

        Assert.False(second.IsToolError);
        Assert.Matches("""^Question "input-1" was answered before, by ada \(.+\) through job_respond at .+Z; nothing has changed\. Job """, second.ToolText);
        var answered = second.Result.GetProperty("structuredContent").GetProperty("answered")[0];
        Assert.Equal(
            ("input-1", "ada", "job_respond"),
            (answered.GetProperty("key").GetString(), answered.GetProperty("by").GetString(), answered.GetProperty("through").GetString()));
        Assert.True((await ToolAsync("job_respond", job, new JsonObject { ["key"] = "no-such", ["action"] = "decline" })).IsToolError);

        await ToolAsync("job_respond", job, new JsonObject { ["key"] = "input-2", ["action"] = "decline" });
        Assert.Equal("completed", Status(await ToolAsync("job_wait", job)));
        Assert.Equal("Ada: decline.", (await ToolAsync("job_result", job)).ToolText);
        var late = await ToolAsync("job_respond", job, new JsonObject { ["action"] = "decline" });
        Assert.False(late.IsToolError);
        Assert.Contains("\"input-2\" was answered before", late.ToolText, StringComparison.Ordinal);
        Assert.Contains("has completed", late.ToolText, StringComparison.Ordinal);
        Assert.Contains("was answered by ada", (await ToolAsync("job_log", job)).ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_question_says_until_when_it_can_be_answered()
    {
        var job = JobId(await server.Wire.CallAsync("confirm_delete", new JsonObject { ["filename"] = "b.txt" }, null, Token));

        var looked = await ToolAsync("job_get", job);

        Assert.Contains("It can be answered until 2", looked.ToolText, StringComparison.Ordinal);
        Assert.True(looked.Result.GetProperty("structuredContent").TryGetProperty("input_expires_at", out _));
        await ToolAsync("job_cancel", job);
    }

    [Fact]
    public async Task A_job_is_cancelled()
    {
        var job = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);

        var reply = await ToolAsync("job_cancel", job, new JsonObject { ["reason"] = "not needed" });

        Assert.False(reply.IsToolError);
        Assert.Equal("cancelled", Status(await ToolAsync("job_wait", job)));
    }

    [Fact]
    public async Task The_list_holds_the_callers_own_jobs_newest_first_and_pages()
    {
        // A subject of its own: other tests create jobs meanwhile.
        var lister = server.WireWith((await server.CreateKeyAsync("acme", "lister", Token)).Key);
        var mine = new List<string>();
        for (var i = 0; i < 3; i++)
            mine.Insert(0, await server.CreateTaskAsync("failing_job", [], Token, wire: lister));

        var first = await ListAsync(lister, new JsonObject { ["limit"] = 2 });
        var second = await ListAsync(lister, new JsonObject { ["limit"] = 2, ["cursor"] = first.GetProperty("next_cursor").GetString() });

        Assert.Equal(mine[..2], Ids(first));
        Assert.Equal(mine[2..], Ids(second));
        Assert.False(second.TryGetProperty("next_cursor", out _));
        Assert.Empty(Ids(await ListAsync(lister, new JsonObject { ["tool"] = "slow_compute" })));
        Assert.DoesNotContain(mine[0], Ids(await ListAsync(server.Wire, new JsonObject { ["limit"] = 50 })));
        Assert.DoesNotContain(mine[0], Ids(await ListAsync(server.OtherTenant, new JsonObject { ["limit"] = 50 })));
    }

    [Fact]
    public async Task Jobs_are_found_by_a_label_that_their_call_carried()
    {
        var key = (await server.CreateKeyAsync("acme", "labeller", Token)).Key;
        var wire = server.WireWith(key);
        await wire.SendAsync(Labelled(new() { ["project"] = "apollo", ["urgent"] = "" }), Token);
        await wire.SendAsync(Labelled(new() { ["project"] = "gemini" }), Token);
        await wire.SendAsync(Labelled(null), Token);

        Assert.Equal(["apollo"], await ProjectsAsync("project=apollo"));
        Assert.Equal(["gemini", "apollo"], await ProjectsAsync("project"));
        Assert.Equal(["apollo"], await ProjectsAsync("urgent"));
        Assert.Empty(await ProjectsAsync("project=mercury"));

        Message Labelled(JsonObject? labels)
        {
            var message = wire.Request("tools/call", new() { ["name"] = "slow_compute", ["arguments"] = new JsonObject { ["seconds"] = 0 } });
            if (labels is not null)
                message.Meta["actors/labels"] = labels;
            return message;
        }

        async Task<IEnumerable<string?>> ProjectsAsync(string label) =>
            (await wire.CallAsync("job_list", new() { ["label"] = label }, null, Token)).Result.GetProperty("structuredContent").GetProperty("jobs")
            .EnumerateArray().Select(job => job.GetProperty("labels").GetProperty("project").GetString());
    }

    [Theory]
    [InlineData("""["a"]""", "must be an object")]
    [InlineData("""{"a":1}""", "[\"a\"] must be a string")]
    [InlineData("""{"a=b":"c"}""", "without '='")]
    public async Task Labels_of_another_form_are_refused_by_name(string labels, string problem)
    {
        var message = server.Wire.Request("tools/call", new() { ["name"] = "slow_compute", ["arguments"] = new JsonObject { ["seconds"] = 0 } });
        message.Meta["actors/labels"] = JsonNode.Parse(labels);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("params._meta[\"actors/labels\"]", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(problem, reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_a_job_that_has_just_ended_is_whole()
    {
        for (var i = 0; i < 10; i++)
        {
            var job = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 0 }, Token);
            await server.UntilAsync(job, "completed", Token);

            var entries = (await ToolAsync("job_log", job)).Result.GetProperty("structuredContent").GetProperty("entries");

            Assert.StartsWith("Completed", entries.EnumerateArray().Last().GetProperty("text").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_log_is_read_by_cursor()
    {
        var job = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 1 }, Token);
        await server.UntilAsync(job, "completed", Token);

        var log = await ToolAsync("job_log", job);

        Assert.False(log.IsToolError);
        var content = log.Result.GetProperty("structuredContent");
        Assert.NotEqual(0, content.GetProperty("entries").GetArrayLength());
        var after = await ToolAsync("job_log", job, new JsonObject { ["cursor"] = content.GetProperty("cursor").GetString() });
        Assert.Equal(0, after.Result.GetProperty("structuredContent").GetProperty("entries").GetArrayLength());
    }

    [Theory]
    [InlineData("job_get")]
    [InlineData("job_wait")]
    [InlineData("job_result")]
    [InlineData("job_cancel")]
    [InlineData("job_respond")]
    [InlineData("job_log")]
    [InlineData("job_retry")]
    public async Task A_foreign_job_and_an_unknown_one_get_the_same_answer(string tool)
    {
        var foreign = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);
        var texts = new List<string>();
        foreach (var id in new[] { foreign, Jobs.JobKey.NewId(), "not a handle" })
        {
            var message = server.OtherTenant.Request("tools/call", new JsonObject
            {
                ["name"] = tool,
                ["arguments"] = new JsonObject { ["job_id"] = id },
            });
            message.Body["id"] = 1;
            var reply = await server.OtherTenant.SendAsync(message, Token);
            Assert.True(reply.IsToolError);
            texts.Add(reply.Text);
        }

        Assert.Single(texts.Distinct());
        Assert.Equal("working", (await server.GetTaskAsync(foreign, Token)).Result.GetProperty("status").GetString());
        await server.CancelTaskAsync(foreign, Token);
    }

    [Theory]
    [InlineData("job_get", "{}", "job_id")]
    [InlineData("job_get", "{\"job_id\":7}", "job_id")]
    [InlineData("job_get", "{\"jobId\":\"x\"}", "jobId")]
    [InlineData("job_list", "{\"limit\":0}", "limit")]
    [InlineData("job_list", "{\"state\":\"asleep\"}", "state")]
    [InlineData("job_list", "{\"since\":\"yesterday-ish\"}", "since")]
    [InlineData("job_list", "{\"cursor\":\"forged\"}", "cursor")]
    public async Task A_mistake_in_the_arguments_is_told_in_words(string tool, string arguments, string names)
    {
        var reply = await server.Wire.CallAsync(tool, JsonNode.Parse(arguments)!.AsObject(), null, Token);

        Assert.True(reply.IsToolError);
        Assert.Contains(names, reply.ToolText, StringComparison.Ordinal);
    }

    private Task<Reply> ToolAsync(string tool, string job, JsonObject? more = null)
    {
        var arguments = more ?? [];
        arguments["job_id"] = job;
        return server.Wire.CallAsync(tool, arguments, null, Token);
    }

    private static async Task<JsonElement> ListAsync(Wire wire, JsonObject arguments) =>
        (await wire.CallAsync("job_list", arguments, null, Token)).Result.GetProperty("structuredContent");

    private static IEnumerable<string?> Ids(JsonElement list) =>
        list.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString());

    private static string JobId(Reply reply) => reply.Result.GetProperty("structuredContent").GetProperty("job_id").GetString()!;

    private static string Status(Reply reply) => reply.Result.GetProperty("structuredContent").GetProperty("status").GetString()!;
}
