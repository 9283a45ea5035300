using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Actors.Cli.Tests;

/// <summary>What is sent again, and what never is.</summary>
public sealed class RepetitionTests
{
    private const string TryAgain = "{\"retryAfterMs\":100}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_the_server_puts_off_is_made_again()
    {
        await using var server = await FirstThenAsync((http, request) =>
        {
            http.Response.Headers.RetryAfter = "1";
            return ScriptedServer.AnswerAsync(http, ScriptedServer.Error(request, 503, TryAgain), 503);
        });
        await using var host = BridgeHost.Start(server.Url, null);

        await host.ResultOfAsync(await host.CallAsync("any"), Token);

        Assert.Equal(2, server.Arrivals.Count);
    }

    [Fact]
    public async Task A_call_put_off_on_its_open_stream_is_made_again()
    {
        await using var server = await FirstThenAsync(
            (http, request) => ScriptedServer.EventsAsync(http, ScriptedServer.Event(ScriptedServer.Error(request, 503, TryAgain))));
        await using var host = BridgeHost.Start(server.Url, null);

        await host.ResultOfAsync(await host.CallAsync("any"), Token);

        Assert.Equal(2, server.Arrivals.Count);
    }

    [Fact]
    public async Task A_call_that_may_have_become_a_job_is_not_and_its_handle_reaches_the_host()
    {
        await using var server = await FirstThenAsync((http, request) =>
            ScriptedServer.AnswerAsync(http, ScriptedServer.Error(request, 503, "{\"retryAfterMs\":100,\"jobId\":\"j1\"}"), 503));
        await using var host = BridgeHost.Start(server.Url, null);

        var error = await host.ErrorOfAsync(await host.CallAsync("any"), Token);

        Assert.Equal("j1", error.GetProperty("data").GetProperty("jobId").GetString());
        Assert.Single(server.Arrivals);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_call_that_a_proxy_lost_is_not(int status)
    {
        await using var server = await FirstThenAsync((http, _) => HtmlAsync(http, status));
        await using var host = BridgeHost.Start(server.Url, null);

        var error = await host.ErrorOfAsync(await host.CallAsync("any"), Token);

        Assert.Equal(504, error.GetProperty("code").GetInt32());
        Assert.Contains("may or may not have run", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(server.Arrivals);
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("tasks/get")]
    [InlineData("tasks/update")]
    [InlineData("server/discover")]
    public async Task What_may_run_twice_is_sent_again_when_a_proxy_lost_it(string method)
    {
        await using var server = await FirstThenAsync((http, _) => HtmlAsync(http, 502));
        await using var host = BridgeHost.Start(server.Url, null);

        await host.ResultOfAsync(await host.SendAsync(method, new JsonObject { ["taskId"] = "t" }), Token);

        Assert.Equal(2, server.Arrivals.Count);
    }

    [Fact]
    public async Task A_tool_that_says_it_may_be_called_twice_is_and_tells_no_progress_twice()
    {
        var calls = 0;
        var seen = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async (http, request) =>
        {
            if (request.RpcMethod == "tools/list")
            {
                await ScriptedServer.ResultAsync(http, request, """{"tools":[{"name":"any","inputSchema":{"type":"object"},"annotations":{"idempotentHint":true}}]}""");
                return;
            }
            var isFirst = Interlocked.Increment(ref calls) == 1;
            await ScriptedServer.EventsAsync(http, Progress(1) + Progress(2));
            if (isFirst)
            {
                await seen.Task; // An abort takes what was not sent yet with it.
                http.Abort();
            }
            else
                await ScriptedServer.EventsAsync(http, Progress(3) + ScriptedServer.Event(ScriptedServer.Result(request, "{}")));
        });
        await using var host = BridgeHost.Start(server.Url, null);
        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);

        var call = await host.CallAsync("any");
        await host.NextAsync("second", message => BridgeHost.MethodOf(message) is not null && message.GetProperty("params").GetProperty("progress").GetInt32() == 2, Token);
        seen.SetResult();
        await host.ResultOfAsync(call, Token);

        Assert.Equal(2, calls);
        Assert.Equal([1, 2, 3], host.Seen.Where(message => BridgeHost.MethodOf(message) == "notifications/progress")
            .Select(message => message.GetProperty("params").GetProperty("progress").GetInt32()));
    }

    [Fact]
    public async Task It_gives_up_after_the_time_for_retries_with_what_the_server_said_last()
    {
        var isUp = true;
        await using var server = await ScriptedServer.StartAsync((http, request) => isUp
            ? ScriptedServer.ResultAsync(http, request, "{}")
            : ScriptedServer.AnswerAsync(http, ScriptedServer.Error(request, 503, TryAgain), 503));
        await using var host = BridgeHost.Start(server.Url, null, "--retry-seconds", "1", "--start-seconds", "600");
        await host.ResultOfAsync(await host.SendAsync("ping"), Token);

        isUp = false;
        var error = await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Equal("As scripted.", error.GetProperty("message").GetString());
    }

    private static async Task<ScriptedServer> FirstThenAsync(Func<HttpContext, Arrival, Task> first)
    {
        var served = 0;
        return await ScriptedServer.StartAsync((http, request) =>
            Interlocked.Increment(ref served) == 1 ? first(http, request) : ScriptedServer.ResultAsync(http, request, "{}"));
    }

    private static async Task HtmlAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync("<h1>Bad Gateway</h1>");
    }

    private static string Progress(int progress) => ScriptedServer.Event(
        $$$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p","progress":{{{progress}}}}}""");
}
