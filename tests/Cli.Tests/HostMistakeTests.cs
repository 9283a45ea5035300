using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Cluster.Processes;

namespace Actors.Cli.Tests;

/// <summary>What a host, or whoever configured it, gets wrong: said in words, on standard error and to the request.</summary>
public sealed class HostMistakeTests(Service service)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_that_is_no_message_is_refused_and_the_next_one_is_served()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);

        await host.WriteLineAsync("{\"jsonrpc\":\"2.0\",");
        var refusal = await host.NextAsync("refusal", message => message.TryGetProperty("error", out _), Token);
        var next = await host.CallAsync("greet", new JsonObject { ["name"] = "Ada" });

        Assert.Equal(-32700, refusal.GetProperty("error").GetProperty("code").GetInt32());
        Assert.False(refusal.TryGetProperty("id", out _));
        await host.ResultOfAsync(next, Token);
        Assert.Contains("no JSON-RPC message", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_its_version_is_refused_by_its_id()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);

        await host.WriteLineAsync("{\"id\":7,\"method\":\"ping\"}");

        Assert.Equal(-32600, (await host.ErrorOfAsync(7, Token)).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"text\":\"@\",\"id\":8}}")]
    [InlineData("{\"method\":\"tools/call\",\"params\":{\"text\":\"\\\"},{\\\"id\\\":9 @\",\"id\":8},\"jsonrpc\":\"2.0\",\"id\":7}")]
    public async Task A_request_that_is_too_long_is_refused_by_its_id_wherever_that_stands(string template)
    {
        await using var host = BridgeHost.Start(service.Url, service.Key, "--max-line-bytes", "2048");

        await host.WriteLineAsync(template.Replace("@", new string('x', 200_000), StringComparison.Ordinal));
        var error = await host.ErrorOfAsync(7, Token);

        Assert.Equal(-32600, error.GetProperty("code").GetInt32());
        Assert.Contains("--max-line-bytes", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        await host.ResultOfAsync(await host.CallAsync("greet", new JsonObject { ["name"] = "Ada" }), Token);
    }

    [Fact]
    public async Task A_line_at_the_limit_is_served()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key, "--max-line-bytes", "2048");
        const string Head = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"server/discover\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}},\"pad\":\"";

        await host.WriteLineAsync(Head + new string('x', 2048 - Head.Length - 3) + "\"}}");

        await host.ResultOfAsync(7, Token);
    }

    [Fact]
    public async Task A_wrong_key_is_said_in_words_and_never_shown()
    {
        var wrong = $"actors_{new string('0', 16)}_{new string('1', 64)}";
        await using var host = BridgeHost.Start(service.Url, wrong, "--verbose");

        var error = await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Contains("does not take the key", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("ACTORS_KEY", await host.UntilItSaysAsync("does not take the key", Token), StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, host.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(wrong, JsonSerializer.Serialize(host.Seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_again_and_again_is_said_once()
    {
        await using var host = BridgeHost.Start(service.Url, "wrong");
        for (var request = 0; request < 5; request++)
            await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);
        host.CloseInput();
        await host.ExitAsync(Token);

        Assert.Single(host.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_file_as_standard_output_keeps_what_others_wrote_to_it()
    {
        var file = Path.GetTempFileName();
        using (var shell = System.Diagnostics.Process.Start("/bin/bash",
            ["-c", "{ echo before; echo '{}' | \"$0\" stdio --url http://127.0.0.1:1/mcp 2>/dev/null; echo after; } > \"$1\"", Path.Combine(AppContext.BaseDirectory, "actors"), file]))
            await shell.WaitForExitAsync(Token);

        var lines = await File.ReadAllLinesAsync(file, Token);
        Assert.Equal(("before", "after"), (lines[0], lines[2]));
        Assert.Contains("-32600", lines[1], StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_key_is_read_from_its_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, service.Key + "\n", Token);
        await using var host = BridgeHost.Start(service.Url, null, "--key-file", file);

        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);
        File.Delete(file);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_in_words_after_the_time_for_a_start()
    {
        var nobody = new Uri($"http://127.0.0.1:{FreePorts.Next()}/mcp");
        await using var host = BridgeHost.Start(nobody, service.Key, "--start-seconds", "1");

        var error = await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Equal(503, error.GetProperty("code").GetInt32());
        Assert.Contains($"No connection to 127.0.0.1:{nobody.Port}", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("Trying again", host.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_path_is_said_in_words()
    {
        await using var host = BridgeHost.Start(new Uri(service.Url, "/wrong"), service.Key);

        var error = await host.ErrorOfAsync(await host.SendAsync("tools/list"), Token);

        Assert.Contains("no MCP endpoint at /wrong", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give --url")]
    [InlineData("is no URL of a server", "--url", "localhost")]
    [InlineData("not both", "--url", "http://localhost/mcp", "--key", "a", "--key-file", "b")]
    [InlineData("key file cannot be read", "--url", "http://localhost/mcp", "--key-file", "no-such-file")]
    [InlineData("must be from 1 to", "--url", "http://localhost/mcp", "--max-requests", "0")]
    [InlineData("Unrecognized", "--nonsense")]
    public async Task A_command_line_that_cannot_work_ends_with_code_2_and_a_sentence(string sentence, params string[] arguments)
    {
        await using var host = BridgeHost.Start(null, null, arguments);

        Assert.Equal(2, await host.ExitAsync(Token));
        Assert.Contains(sentence, host.Errors, StringComparison.Ordinal);
        Assert.Empty(host.Seen);
    }

    [Fact]
    public async Task More_requests_than_the_limit_are_refused_and_the_others_served()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key, "--max-requests", "2");
        var first = await host.CallAsync("slow_compute", new JsonObject { ["seconds"] = 2 });
        var second = await host.CallAsync("slow_compute", new JsonObject { ["seconds"] = 2 });
        var third = await host.CallAsync("greet", new JsonObject { ["name"] = "Ada" });

        Assert.Contains("--max-requests", (await host.ErrorOfAsync(third, Token)).GetProperty("message").GetString(), StringComparison.Ordinal);
        var answered = new[]
        {
            await host.NextAsync("answer", message => message.TryGetProperty("result", out _), Token),
            await host.NextAsync("answer", message => message.TryGetProperty("result", out _), Token),
        };
        Assert.Equal([first, second], answered.Select(answer => answer.GetProperty("id").GetInt32()).Order());
        await host.ResultOfAsync(await host.CallAsync("greet", new JsonObject { ["name"] = "Ada" }), Token);
    }
}
