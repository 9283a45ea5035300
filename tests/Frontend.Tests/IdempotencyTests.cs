using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Calls that are to be one job.</summary>
public sealed class IdempotencyTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_with_one_key_are_one_job_in_all_three_views()
    {
        var session = await server.OpenSessionAsync(Token);
        var first = await server.Wire.SendAsync(Keyed("counted", "views", "key-views", Wire.Tasks), Token);
        var second = await server.Wire.SendAsync(Keyed("counted", "views", "key-views", Wire.Tasks), Token);
        await server.UntilAsync(first.TaskId, "completed", Token);
        var waited = await server.Wire.SendAsync(Keyed("counted", "views", "key-views", null), Token);
        var asTask = LegacyKeyed("counted", "views", "key-views");
        asTask["task"] = new JsonObject();
        var task = await session.SendAsync("tools/call", asTask, Token);
        var held = await session.SendAsync("tools/call", LegacyKeyed("counted", "views", "key-views"), Token);

        Assert.Equal(first.TaskId, second.TaskId);
        Assert.Equal(first.TaskId, task.Result.GetProperty("task").GetProperty("taskId").GetString());
        Assert.Equal("Run 1 of views.", waited.ToolText);
        Assert.Equal("Run 1 of views.", held.ToolText);
        Assert.False(IsJoined(first));
        Assert.All([second, waited, task, held], reply => Assert.True(IsJoined(reply), reply.Text));
        Assert.Contains(
            "nothing was started twice",
            task.Result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/model-immediate-response").GetString()!,
            StringComparison.Ordinal);
        Assert.Equal(1, CountedTools.RunsOf("views"));
        Assert.Equal('8', first.TaskId[12]);
    }

    [Fact]
    public async Task Fifty_calls_at_once_with_one_key_are_one_job()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.Wire.SendAsync(Keyed("counted", "fifty", "key-fifty", Wire.Tasks), Token)));

        var id = Assert.Single(replies.Select(reply => reply.TaskId).Distinct());
        await server.UntilAsync(id, "completed", Token);
        Assert.Equal(1, CountedTools.RunsOf("fifty"));
        Assert.Equal(49, replies.Count(IsJoined));
    }

    [Fact]
    public async Task The_header_says_the_same_as_the_member()
    {
        var member = await server.Wire.SendAsync(Keyed("counted", "header", "key \"header\"", Wire.Tasks), Token);
        var message = Call("counted", "header", Wire.Tasks);
        message.Headers["Idempotency-Key"] = "\"key \\\"header\\\"\"";
        var quoted = await server.Wire.SendAsync(message, Token);
        var both = Keyed("counted", "header", "key-plain", Wire.Tasks);
        both.Headers["Idempotency-Key"] = "key-plain";
        var plain = await server.Wire.SendAsync(both, Token);

        Assert.Equal(member.TaskId, quoted.TaskId);
        Assert.NotEqual(member.TaskId, plain.TaskId);
        Assert.False(IsJoined(plain));
    }

    [Fact]
    public async Task The_same_key_with_other_arguments_is_a_conflict_that_names_both()
    {
        var first = await server.Wire.SendAsync(Keyed("counted", "conflict", "key-conflict", Wire.Tasks), Token);

        var reply = await server.Wire.SendAsync(Keyed("counted", "conflict, changed", "key-conflict", Wire.Tasks), Token);

        Assert.Equal((200, -32602), (reply.Status, reply.Code));
        Assert.Contains("'key-conflict' stands for a call with other arguments", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("key-conflict", reply.Error.GetProperty("data").GetProperty("idempotencyKey").GetString());
        Assert.Equal(first.TaskId, reply.Error.GetProperty("data").GetProperty("taskId").GetString());
        Assert.Equal(0, CountedTools.RunsOf("conflict, changed"));
    }

    [Theory]
    [InlineData("""{"label":"spelling","detail":{"b":[1,2.0],"a":"é"}}""")]
    [InlineData("""{ "detail" : {"a":"\u00e9", "b":[1.0,2]}, "label":"spelling"}""")]
    [InlineData("""{"detail":{"a":"é","b":[10e-1,0.2e1]},"label":"sp\u0065lling"}""")]
    public async Task Arguments_are_compared_by_value(string arguments)
    {
        foreach (var tool in (string[])["counted", "counted_once"])
        {
            var message = Keyed(tool, "spelling", "key-spelling", Wire.Tasks);
            if (tool == "counted_once")
                message.Meta.Remove("actors/idempotencyKey");
            message.Params["arguments"] = new JsonObject();
            message.Meta["progressToken"] = arguments.Length;
            message.Raw = System.Text.Encoding.UTF8.GetBytes(
                message.Body.ToJsonString().Replace("\"arguments\":{}", $"\"arguments\":{arguments}", StringComparison.Ordinal));

            var reply = await server.Wire.SendAsync(message, Token);

            Assert.Equal(KnownOf(tool, reply.TaskId), reply.TaskId);
        }
    }

    [Fact]
    public async Task A_key_is_its_own_for_each_principal_and_tool()
    {
        Wire[] wires = [server.Wire, server.Colleague, server.OtherTenant];
        var ids = new HashSet<string>();
        foreach (var wire in wires)
        {
            foreach (var tool in (string[])["counted", "counted_too"])
            {
                var reply = await wire.SendAsync(Keyed(tool, "own", "key-own", Wire.Tasks, wire), Token);
                ids.Add(reply.TaskId);
                await server.UntilAsync(reply.TaskId, "completed", Token, wire);
            }
        }

        Assert.Equal(6, ids.Count);
        Assert.Equal(6, CountedTools.RunsOf("own"));
    }

    [Fact]
    public async Task A_call_that_joins_a_running_job_is_told_so_in_words()
    {
        var job = await server.Wire.SendAsync(Keyed("counted_for_long", "long", "key-long", Wire.Tasks), Token);
        using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            // Not by the task's own news: what says that it runs may come before the tool's first line, and nothing comes after it.
            deadline.CancelAfter(TimeSpan.FromSeconds(30));
            while (CountedTools.RunsOf("long") == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }


        var joined = await server.Wire.SendAsync(Keyed("counted_for_long", "long", "key-long", null), Token);
        await server.CancelTaskAsync(job.TaskId, Token);

        Assert.Contains("it has one job, and nothing was started twice", joined.ToolText, StringComparison.Ordinal);
        var structure = joined.Result.GetProperty("structuredContent");
        Assert.Equal((job.TaskId, true), (structure.GetProperty("job_id").GetString(), structure.GetProperty("joined").GetBoolean()));
        Assert.True(IsJoined(joined));
        Assert.Equal(1, CountedTools.RunsOf("long"));
    }

    [Fact]
    public async Task A_tool_that_becomes_a_job_on_demand_keeps_to_the_key_in_both_eras()
    {
        var session = await server.OpenSessionAsync(Token);
        var first = await server.Wire.SendAsync(Keyed("counted_on_demand", "demand", "key-demand", Wire.Tasks), Token);
        await server.UntilAsync(first.TaskId, "completed", Token);

        var second = await server.Wire.SendAsync(Keyed("counted_on_demand", "demand", "key-demand", Wire.Tasks), Token);
        var held = await session.SendAsync("tools/call", LegacyKeyed("counted_on_demand", "demand", "key-demand"), Token);
        await using var stream = await session.StreamAsync("tools/call", LegacyKeyed("counted_on_demand", "demand, again", "key-demand-legacy"), Token);
        var other = (await stream.AnswerAsync(Token)).GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();
        var again = await server.Wire.SendAsync(Keyed("counted_on_demand", "demand, again", "key-demand-legacy", null), Token);

        Assert.Equal(first.TaskId, second.TaskId);
        Assert.Equal(("Run 1 of demand.", "Run 1 of demand, again.", "Run 1 of demand, again."), (held.ToolText, other, again.ToolText));
    }

    [Fact]
    public async Task Equal_calls_of_a_tool_that_wants_it_are_one_job_without_a_key()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Wire.SendAsync(Call("counted_once", "once", Wire.Tasks), Token)));
        var other = await server.Wire.SendAsync(Call("counted_once", "once, changed", Wire.Tasks), Token);
        var colleague = await server.Colleague.SendAsync(Call("counted_once", "once", Wire.Tasks, server.Colleague), Token);
        var keyed = await server.Wire.SendAsync(Keyed("counted_once", "once", "key-on-purpose", Wire.Tasks), Token);

        var id = Assert.Single(replies.Select(reply => reply.TaskId).Distinct());
        Assert.Equal(19, replies.Count(IsJoined));
        Assert.Equal(4, new[] { id, other.TaskId, colleague.TaskId, keyed.TaskId }.Distinct().Count());
    }

    [Fact]
    public async Task Equal_calls_are_one_job_for_exactly_as_long_as_the_tool_says()
    {
        var length = TimeSpan.FromSeconds(CountedTools.WindowSeconds);
        var jobs = new List<(string Id, DateTimeOffset CreatedAt)>();
        var startedAt = Stopwatch.GetTimestamp();
        // Long enough that the edges of windows fall into it, wherever they are.
        while (Stopwatch.GetElapsedTime(startedAt) < 3 * length)
        {
            var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.Wire.SendAsync(Call("counted_a_while", "while", Wire.Tasks), Token)));
            jobs.AddRange(replies.Select(reply => (reply.TaskId, reply.Result.GetProperty("createdAt").GetDateTimeOffset())));
        }

        var distinct = jobs.Distinct().OrderBy(job => job.CreatedAt).ToList();
        Assert.InRange(distinct.Count, 2, 4);
        Assert.Equal(distinct.Count, distinct.Select(job => job.Id).Distinct().Count());
        Assert.All(distinct.Zip(distinct.Skip(1)), pair => Assert.True(
            pair.Second.CreatedAt - pair.First.CreatedAt >= length - TimeSpan.FromMilliseconds(1), $"{pair.First} and {pair.Second} are too close"));
    }

    private static readonly Dictionary<string, string> Known = [];

    private static string KnownOf(string tool, string id)
    {
        lock (Known)
            return Known.TryGetValue(tool, out var known) ? known : Known[tool] = id;
    }

    private static bool IsJoined(Reply reply) =>
        reply.Result.TryGetProperty("_meta", out var meta) && meta.TryGetProperty("actors/joined", out var joined) && joined.GetBoolean();

    private static JsonObject LegacyKeyed(string tool, string label, string key) =>
        CallOptionTests.LegacyCall(tool, label, ("actors/idempotencyKey", JsonSerializer.Serialize(key)));

    private Message Call(string tool, string label, JsonObject? capabilities, Wire? wire = null) =>
        (wire ?? server.Wire).Request("tools/call", CallOptionTests.LegacyCall(tool, label), capabilities);

    private Message Keyed(string tool, string label, string key, JsonObject? capabilities, Wire? wire = null) =>
        (wire ?? server.Wire).Request("tools/call", LegacyKeyed(tool, label, key), capabilities);
}
