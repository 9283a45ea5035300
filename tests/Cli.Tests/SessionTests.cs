using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Actors.Cli.Tests;

/// <summary>Revisions with sessions: what the bridge keeps, resumes and opens again.</summary>
public sealed class SessionTests
{
    private const string Version = "2025-11-25";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_after_initialize_carries_the_session_and_its_revision_until_it_is_deleted()
    {
        await using var server = await StartAsync((http, request) => ScriptedServer.ResultAsync(http, request, "{}"));
        await using var host = await OpenAsync(server);

        await host.ResultOfAsync(await host.SendPlainAsync("tools/list"), Token);
        await UntilAsync(() => server.Arrivals.Any(arrival => arrival.HttpMethod == "GET"));
        host.CloseInput();
        Assert.Equal(0, await host.ExitAsync(Token));

        var first = server.Arrivals.First();
        Assert.Equal(("initialize", null, null), (first.RpcMethod, first.Header("Mcp-Session-Id"), first.Header("MCP-Protocol-Version")));
        Assert.All(server.Arrivals.Skip(1), arrival =>
            Assert.Equal(("s1", Version), (arrival.Header("Mcp-Session-Id"), arrival.Header("MCP-Protocol-Version"))));
        // A request that follows the notification must not overtake it.
        Assert.Equal(["initialize", "notifications/initialized", "tools/list"], server.Arrivals.Where(arrival => arrival.Body is not null).Select(arrival => arrival.RpcMethod));
        Assert.Equal("DELETE", server.Arrivals.Last().HttpMethod);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_gone_on_with_from_its_last_event()
    {
        var seen = new TaskCompletionSource();
        await using var server = await StartAsync(async (http, request) =>
        {
            if (request.HttpMethod == "GET")
                await ScriptedServer.EventsAsync(http, ScriptedServer.Event(Log(3), "c") + ScriptedServer.Event("""{"jsonrpc":"2.0","id":2,"result":{}}""", "d"));
            else
            {
                await ScriptedServer.EventsAsync(http, ScriptedServer.Event("", "a") + ScriptedServer.Event(Log(1), "a1") + ScriptedServer.Event(Log(2), "b"));
                await seen.Task; // An abort takes what was not sent yet with it.
                http.Abort();
            }
        });
        await using var host = await OpenAsync(server);

        var call = await host.SendPlainAsync("tools/call", new JsonObject { ["name"] = "any" });
        await host.NextAsync("second", message => LogOf(message) == 2, Token);
        seen.SetResult();
        await host.ResultOfAsync(call, Token);

        Assert.Equal([1, 2, 3], LogsOf(host));
        var resumed = server.Arrivals.Single(arrival => arrival.Header("Last-Event-ID") is not null);
        Assert.Equal(("GET", "b", "s1"), (resumed.HttpMethod, resumed.Header("Last-Event-ID"), resumed.Header("Mcp-Session-Id")));
        Assert.Single(server.Of("tools/call"));
    }

    [Fact]
    public async Task A_server_that_wants_to_be_polled_is_asked_when_it_says()
    {
        var polls = new ConcurrentQueue<long>();
        await using var server = await StartAsync(async (http, request) =>
        {
            polls.Enqueue(Stopwatch.GetTimestamp());
            var isLast = request.Header("Last-Event-ID") == "e2";
            await ScriptedServer.EventsAsync(http, isLast
                ? ScriptedServer.Event("""{"jsonrpc":"2.0","id":2,"result":{}}""", "e3")
                : $"id: e{polls.Count}\nretry: 700\ndata:\n\n");
        });
        await using var host = await OpenAsync(server);

        await host.ResultOfAsync(await host.SendPlainAsync("tools/call", new JsonObject { ["name"] = "any" }), Token);

        Assert.Equal(3, polls.Count);
        foreach (var (before, after) in polls.Zip(polls.Skip(1)))
            Assert.InRange(Stopwatch.GetElapsedTime(before, after).TotalMilliseconds, 690, 30_000);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_gone_on_with_leaves_a_call_uncertain()
    {
        await using var server = await StartAsync(async (http, request) =>
        {
            if (request.HttpMethod == "GET")
            {
                http.Response.StatusCode = 400;
                return;
            }
            await ScriptedServer.EventsAsync(http, ScriptedServer.Event("", "a"));
        });
        await using var host = await OpenAsync(server);

        var error = await host.ErrorOfAsync(await host.SendPlainAsync("tools/call", new JsonObject { ["name"] = "any" }), Token);

        Assert.Equal(504, error.GetProperty("code").GetInt32());
        Assert.Contains(server.Arrivals, arrival => arrival.Header("Last-Event-ID") == "a");
        Assert.Single(server.Of("tools/call"));
    }

    [Fact]
    public async Task A_session_that_the_server_has_ended_is_opened_again_as_it_was()
    {
        var ended = false;
        await using var server = await StartAsync((http, request) =>
        {
            if (ended && request.Header("Mcp-Session-Id") == "s1")
                return ScriptedServer.AnswerAsync(http, """{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"}}""", 404);
            return ScriptedServer.ResultAsync(http, request, "{}");
        });
        await using var host = await OpenAsync(server);
        await host.ResultOfAsync(await host.SendPlainAsync("logging/setLevel", new JsonObject { ["level"] = "info" }), Token);
        await host.ResultOfAsync(await host.SendPlainAsync("resources/subscribe", new JsonObject { ["uri"] = "test://a" }), Token);
        await host.ResultOfAsync(await host.SendPlainAsync("resources/subscribe", new JsonObject { ["uri"] = "test://b" }), Token);
        await host.ResultOfAsync(await host.SendPlainAsync("resources/unsubscribe", new JsonObject { ["uri"] = "test://b" }), Token);

        ended = true;
        var calls = new List<int>();
        for (var call = 0; call < 5; call++)
            calls.Add(await host.SendPlainAsync("tools/call", new JsonObject { ["name"] = "any" }));
        foreach (var call in calls)
            await host.NextAsync("answer", message => message.TryGetProperty("result", out _), Token);

        var openings = server.Of("initialize").ToList();
        Assert.Equal(2, openings.Count);
        Assert.Equal(openings[0].Body!.Value.GetRawText(), openings[1].Body!.Value.GetRawText());
        var inSecond = server.Arrivals.Where(arrival => arrival.Header("Mcp-Session-Id") == "s2" && arrival.Body is not null).ToList();
        Assert.Equal(
            ["notifications/initialized", "logging/setLevel", "resources/subscribe"], inSecond.Take(3).Select(arrival => arrival.RpcMethod));
        Assert.Equal("test://a", inSecond[2].Body!.Value.GetProperty("params").GetProperty("uri").GetString());
        // The host saw one answer to each of its requests, and none to the bridge's.
        Assert.Equal(host.Seen.Count, host.Seen.Select(message => message.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [Fact]
    public async Task The_server_asks_on_its_own_stream_and_the_answer_is_posted()
    {
        await using var server = await StartAsync((http, request) => Accepted(http), async (http, request, server) =>
        {
            await ScriptedServer.EventsAsync(http, ScriptedServer.Event("""{"jsonrpc":"2.0","id":"q1","method":"roots/list"}""", "g1"));
            await server.HoldAsync(http);
        });
        await using var host = await OpenAsync(server);
        await host.NextAsync("question", message => BridgeHost.MethodOf(message) == "roots/list", Token);

        await host.WriteLineAsync("""{"jsonrpc":"2.0","id":"q1","result":{"roots":[]}}""");
        await UntilAsync(() => server.Arrivals.Any(arrival => arrival.Body?.TryGetProperty("result", out _) == true));

        var answer = server.Arrivals.Single(arrival => arrival.Body?.TryGetProperty("result", out _) == true);
        Assert.Equal(("q1", "s1"), (answer.Body!.Value.GetProperty("id").GetString(), answer.Header("Mcp-Session-Id")));
    }

    [Fact]
    public async Task The_servers_own_stream_is_opened_again_from_its_last_event()
    {
        var opened = 0;
        await using var server = await StartAsync((http, request) => Accepted(http), async (http, request, server) =>
        {
            var turn = Interlocked.Increment(ref opened);
            await ScriptedServer.EventsAsync(http, ScriptedServer.Event(Log(turn), $"g{turn}"));
            if (turn == 3)
                await server.HoldAsync(http);
        });
        await using var host = await OpenAsync(server);

        await host.NextAsync("third", message => LogOf(message) == 3, Token);

        Assert.Equal([null, "g1", "g2"], server.Arrivals.Where(arrival => arrival.HttpMethod == "GET").Select(arrival => arrival.Header("Last-Event-ID")));
    }

    [Fact]
    public async Task Cancelling_tells_the_server_and_the_host_hears_no_more_of_it()
    {
        var goOn = new TaskCompletionSource();
        await using var server = await StartAsync(async (http, request) =>
        {
            if (request.RpcMethod == "tools/call")
            {
                await ScriptedServer.EventsAsync(http, ScriptedServer.Event(Log(1)));
                await goOn.Task;
                await ScriptedServer.EventsAsync(http, ScriptedServer.Event(Log(2)) + ScriptedServer.Event(ScriptedServer.Result(request, "{}")));
            }
            else if (request.RpcMethod == "ping")
                await ScriptedServer.ResultAsync(http, request, "{}");
            else
                await Accepted(http);
        });
        await using var host = await OpenAsync(server);
        var call = await host.SendPlainAsync("tools/call", new JsonObject { ["name"] = "any" });
        await host.NotificationAsync("notifications/message", Token);

        await host.CancelAsync(call);
        await UntilAsync(() => server.Of("notifications/cancelled").Any());
        goOn.SetResult();
        await host.ResultOfAsync(await host.SendPlainAsync("ping"), Token);
        host.CloseInput();
        await host.ExitAsync(Token);

        Assert.Equal([1], LogsOf(host));
        Assert.DoesNotContain(host.Seen, message => BridgeHost.IsAnswerTo(message, call));
        Assert.Equal(call, server.Of("notifications/cancelled").Single().Body!.Value.GetProperty("params").GetProperty("requestId").GetInt32());
    }

    [Fact]
    public async Task A_batch_is_sent_message_by_message()
    {
        await using var server = await StartAsync((http, request) => ScriptedServer.ResultAsync(http, request, "{}"));
        await using var host = await OpenAsync(server);

        await host.WriteLineAsync("""[{"jsonrpc":"2.0","id":8,"method":"ping"},{"jsonrpc":"2.0","id":9,"method":"ping"}]""");

        await host.NextAsync("answer", message => message.TryGetProperty("result", out _), Token);
        await host.NextAsync("answer", message => message.TryGetProperty("result", out _), Token);
        Assert.Equal([8, 9], host.Seen.TakeLast(2).Select(message => message.GetProperty("id").GetInt32()).Order());
    }

    private static Task<ScriptedServer> StartAsync(Func<HttpContext, Arrival, Task> serve) => StartAsync(serve, (http, request, _) =>
    {
        http.Response.StatusCode = 405; // No stream of its own.
        return Task.CompletedTask;
    });

    /// <summary>A server whose sessions are s1, s2 and so on.</summary>
    private static async Task<ScriptedServer> StartAsync(Func<HttpContext, Arrival, Task> serve, Func<HttpContext, Arrival, ScriptedServer, Task> stream)
    {
        var sessions = 0;
        ScriptedServer? server = null;
        server = await ScriptedServer.StartAsync((http, request) =>
        {
            if (request.RpcMethod == "initialize")
            {
                http.Response.Headers["Mcp-Session-Id"] = $"s{Interlocked.Increment(ref sessions)}";
                return ScriptedServer.ResultAsync(http, request, $$$"""{"protocolVersion":"{{{Version}}}","capabilities":{},"serverInfo":{"name":"s","version":"1"}}""");
            }
            if (request.RpcMethod == "notifications/initialized" || request.HttpMethod == "DELETE")
                return Accepted(http);
            return request.HttpMethod == "GET" && request.Header("Last-Event-ID")?.StartsWith('g') != false
                ? stream(http, request, server!)
                : serve(http, request);
        });
        return server;
    }

    private static async Task<BridgeHost> OpenAsync(ScriptedServer server)
    {
        var host = BridgeHost.Start(server.Url, null);
        var opening = await host.SendPlainAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = Version,
            ["capabilities"] = new JsonObject { ["roots"] = new JsonObject() },
            ["clientInfo"] = new JsonObject { ["name"] = "bridge-tests", ["version"] = "1.0.0" },
        });
        await host.ResultOfAsync(opening, Token);
        await host.NotifyAsync("notifications/initialized");
        return host;
    }

    private static Task Accepted(HttpContext http)
    {
        http.Response.StatusCode = 202;
        return Task.CompletedTask;
    }

    private static string Log(int number) => $$$"""{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":{{{number}}}}}""";

    private static int? LogOf(System.Text.Json.JsonElement message) =>
        BridgeHost.MethodOf(message) == "notifications/message" ? message.GetProperty("params").GetProperty("data").GetInt32() : null;

    private static IEnumerable<int> LogsOf(BridgeHost host) => host.Seen.Select(LogOf).OfType<int>();

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!holds())
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
    }
}
