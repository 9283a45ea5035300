using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Actors.Cli.Tests;

/// <summary>What servers answer, and what of it reaches the host.</summary>
public sealed class AnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_over_several_lines_becomes_one()
    {
        await using var server = await ScriptedServer.StartAsync((http, request) =>
            ScriptedServer.AnswerAsync(http, $"{{\r\n \"jsonrpc\": \"2.0\",\n \"id\": {request.Id},\n \"result\": {{\n }}\n}}\n"));
        await using var host = BridgeHost.Start(server.Url, null);

        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);
    }

    [Fact]
    public async Task An_event_over_several_data_lines_becomes_one_line()
    {
        await using var server = await ScriptedServer.StartAsync((http, request) =>
            ScriptedServer.EventsAsync(http, $": comment\r\n\r\nevent: message\r\ndata: {{\"jsonrpc\":\"2.0\",\r\ndata:\"id\":{request.Id},\r\ndata: \"result\":{{}}}}\r\n\r\n"));
        await using var host = BridgeHost.Start(server.Url, null);

        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);
    }

    [Fact]
    public async Task An_error_without_an_id_answers_the_request_that_it_came_for()
    {
        await using var server = await ScriptedServer.StartAsync((http, _) =>
            ScriptedServer.AnswerAsync(http, """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Too large."}}""", 413));
        await using var host = BridgeHost.Start(server.Url, null);

        var error = await host.ErrorOfAsync(await host.CallAsync("any"), Token);

        Assert.Equal("Too large.", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_page_is_no_answer_and_said_so_in_words()
    {
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            http.Response.ContentType = "text/html";
            return http.Response.WriteAsync("<p>Welcome</p>");
        });
        await using var host = BridgeHost.Start(server.Url, null);

        var error = await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Contains("does not speak MCP", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_that_the_key_goes_nowhere_else()
    {
        await using var elsewhere = await ScriptedServer.StartAsync((http, request) => ScriptedServer.ResultAsync(http, request, "{}"));
        await using var server = await ScriptedServer.StartAsync((http, _) =>
        {
            http.Response.Redirect(elsewhere.Url.ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var host = BridgeHost.Start(server.Url, "secret");

        var error = await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Contains(elsewhere.Url.ToString(), error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(elsewhere.Arrivals);
        Assert.Equal("Bearer secret", server.Arrivals.Single().Header("Authorization"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_over_the_limit_is_an_error_and_one_at_the_limit_arrives(bool isStream)
    {
        var bytes = 4096;
        await using var server = await ScriptedServer.StartAsync((http, request) =>
        {
            var empty = ScriptedServer.Result(request, "\"\"");
            var message = ScriptedServer.Result(request, $"\"{new string('x', bytes - empty.Length)}\"");
            // On a stream the limit is the line's, "data: " included.
            return isStream ? ScriptedServer.EventsAsync(http, $"data:{message}\n\n") : ScriptedServer.AnswerAsync(http, message);
        });
        await using var host = BridgeHost.Start(server.Url, null, "--max-message-bytes", isStream ? "4101" : "4096");

        await host.ResultOfAsync(await host.SendAsync("tools/call"), Token);
        bytes++;
        var error = await host.ErrorOfAsync(await host.SendAsync("tools/call"), Token);

        Assert.Contains("--max-message-bytes", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number","x-mcp-header":"A"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-mcp-header":""}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"Bad Name"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}}}""")]
    [InlineData("""{"type":"object","oneOf":[{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}]}""")]
    public async Task A_tool_whose_header_annotation_is_invalid_is_left_out_of_the_list(string schema)
    {
        await using var server = await ScriptedServer.StartAsync((http, request) => ScriptedServer.ResultAsync(
            http, request, $$$"""{"tools":[{"name":"bad","inputSchema":{{{schema}}}},{"name":"good","inputSchema":{"type":"object"}}],"ttlMs":1}"""));
        await using var host = BridgeHost.Start(server.Url, null);

        var result = await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Equal("good", Assert.Single(result.GetProperty("tools").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(1, result.GetProperty("ttlMs").GetInt32());
        Assert.Contains("'bad' is left out", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_arguments_of_a_listed_tool_are_mirrored_in_their_encoded_form()
    {
        await using var server = await ScriptedServer.StartAsync((http, request) => ScriptedServer.ResultAsync(http, request,
            """
            {"tools":[{"name":"any","inputSchema":{"type":"object","properties":{
              "a":{"type":"object","properties":{"text":{"type":"string","x-mcp-header":"Text"}}},
              "flag":{"type":"boolean","x-mcp-header":"Flag"},"n":{"type":"integer","x-mcp-header":"N"},"none":{"type":"string","x-mcp-header":"None"},
              "null":{"type":"string","x-mcp-header":"Null"},"same":{"type":"string","x-mcp-header":"Same"}}}}]}
            """));
        await using var host = BridgeHost.Start(server.Url, null);
        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);

        await host.ResultOfAsync(
            await host.CallAsync("any", new JsonObject
            {
                ["a"] = new JsonObject { ["text"] = "Hello, 世界" }, ["flag"] = true, ["n"] = -7, ["null"] = null, ["same"] = "=?base64?literal?=",
            }),
            Token);

        var call = server.Of("tools/call").Single();
        Assert.Equal("=?base64?SGVsbG8sIOS4lueVjA==?=", call.Header("Mcp-Param-Text"));
        Assert.Equal("=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=", call.Header("Mcp-Param-Same"));
        Assert.Equal(("true", "-7"), (call.Header("Mcp-Param-Flag"), call.Header("Mcp-Param-N")));
        Assert.Null(call.Header("Mcp-Param-None") ?? call.Header("Mcp-Param-Null"));
        Assert.Equal(("2026-07-28", "tools/call", "any"), (call.Header("MCP-Protocol-Version"), call.Header("Mcp-Method"), call.Header("Mcp-Name")));
        Assert.Equal("application/json, text/event-stream", call.Header("Accept"));
    }

    [Fact]
    public async Task A_host_that_does_not_read_holds_the_server_up_and_misses_nothing()
    {
        const int Messages = 20_000;
        var sent = 0;
        await using var server = await ScriptedServer.StartAsync(async (http, request) =>
        {
            var pad = new string('x', 1_000);
            for (var number = 1; number <= Messages; number++)
            {
                await ScriptedServer.EventsAsync(http, ScriptedServer.Event(
                    $$$"""{"jsonrpc":"2.0","method":"notifications/message","params":{"number":{{{number}}},"pad":"{{{pad}}}"}}"""));
                Volatile.Write(ref sent, number);
            }
            await ScriptedServer.EventsAsync(http, ScriptedServer.Event(ScriptedServer.Result(request, "{}")));
        });
        using var bridge = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "actors"), ["stdio", "--url", $"{server.Url}", "--max-queued-messages", "8"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await bridge.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""");
        await bridge.StandardInput.FlushAsync(Token);

        await UntilItStandsAsync(() => Volatile.Read(ref sent));
        Assert.InRange(Volatile.Read(ref sent), 1, Messages - 1);

        for (var number = 1; number <= Messages; number++)
        {
            var message = JsonElement.Parse((await bridge.StandardOutput.ReadLineAsync(Token))!);
            Assert.Equal(number, message.GetProperty("params").GetProperty("number").GetInt32());
        }
        Assert.True(JsonElement.Parse((await bridge.StandardOutput.ReadLineAsync(Token))!).TryGetProperty("result", out _));
        bridge.StandardInput.Close();
        await bridge.WaitForExitAsync(Token);
    }

    // Nothing says that something does not happen: it stands when it has not moved for a while.
    private static async Task UntilItStandsAsync(Func<int> count)
    {
        var (last, since) = (-1, Stopwatch.GetTimestamp());
        while (count() == 0 || count() != last || Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1))
        {
            if (count() != last)
                (last, since) = (count(), Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }
}
