using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The official C# client, as it comes, in each of the revisions with sessions.</summary>
public sealed class SdkSessionTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    [Theory, MemberData(nameof(Versions))]
    public async Task It_agrees_on_its_revision_lists_and_calls(string version)
    {
        await using var client = await ConnectAsync(version);

        Assert.Equal(version, client.NegotiatedProtocolVersion);
        Assert.NotNull(client.SessionId);
        Assert.Contains(await client.ListToolsAsync(cancellationToken: Token), tool => tool.Name == "slow_compute");
        Assert.NotEmpty(await client.ListPromptsAsync(cancellationToken: Token));
        Assert.NotEmpty((await client.ReadResourceAsync("test://static-text", cancellationToken: Token)).Contents);
        await client.PingAsync(cancellationToken: Token);
        Assert.Equal("Hello, Ada!", Text(await client.CallToolAsync("greet", new Dictionary<string, object?> { ["name"] = "Ada" }, cancellationToken: Token)));
        var refused = await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallToolAsync("no_such_tool", cancellationToken: Token));
        Assert.Equal(McpErrorCode.InvalidParams, refused.ErrorCode);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task It_gets_progress_and_is_handed_over_to_the_job_tools(string version)
    {
        await using var client = await ConnectAsync(version);
        var seen = new Seen();

        var handedOver = await client.CallToolAsync(
            "slow_compute", new Dictionary<string, object?> { ["seconds"] = 3 }, progress: seen, cancellationToken: Token);

        Assert.NotEmpty(seen.Values);
        Assert.Equal(seen.Values.Order(), seen.Values);
        Assert.Equal("Computed the answer.", await ResultOfAsync(client, handedOver));
    }

    [Theory, InlineData("test_elicitation", "message"), InlineData("confirm_delete", "filename")]
    public async Task It_answers_a_question_of_a_short_call_and_of_a_job(string tool, string argument)
    {
        var asked = 0;
        await using var client = await ConnectAsync("2025-11-25", new McpClientHandlers
        {
            ElicitationHandler = (_, _) =>
            {
                Interlocked.Increment(ref asked);
                return ValueTask.FromResult(new ElicitResult
                {
                    Action = "accept",
                    Content = new Dictionary<string, JsonElement>
                    {
                        ["username"] = JsonElement.Parse("\"ada\""),
                        ["email"] = JsonElement.Parse("\"ada@example.com\""),
                        ["confirm"] = JsonElement.Parse("true"),
                    },
                });
            },
        });

        var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [argument] = "a.txt" }, cancellationToken: Token);

        // On a slow machine the sync window may have closed meanwhile.
        var text = Text(result).Contains("job_wait", StringComparison.Ordinal) ? await ResultOfAsync(client, result) : Text(result);
        Assert.Contains(text, (string[])["Deleted a.txt.", "The user chose accept: username, email, confirm"]);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task It_hears_what_its_level_lets_through()
    {
        var heard = new List<string>();
        await using var client = await ConnectAsync("2025-11-25", new McpClientHandlers
        {
            NotificationHandlers =
            [
                new(NotificationMethods.LoggingMessageNotification, (notification, _) =>
                {
                    lock (heard)
                        heard.Add(notification.Params!["data"]!.GetValue<string>());
                    return ValueTask.CompletedTask;
                }),
            ],
        });
        await client.SetLoggingLevelAsync(LoggingLevel.Info, cancellationToken: Token);

        await client.CallToolAsync("test_tool_with_logging", cancellationToken: Token);

        Assert.Equal(["started", "working", "finished"], heard);
    }

    [Fact]
    public async Task Its_session_ends_with_it()
    {
        var client = await ConnectAsync("2025-11-25");
        var id = client.SessionId!;
        await client.DisposeAsync();

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/mcp"));
        request.Headers.Add("Authorization", "Bearer " + server.Key);
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Add("Mcp-Session-Id", id);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    private Task<McpClient> ConnectAsync(string version, McpClientHandlers? handlers = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.Address, "/mcp"),
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.Key },
            TransportMode = HttpTransportMode.StreamableHttp,
        }),
        new McpClientOptions { ProtocolVersion = version, Handlers = handlers ?? new() },
        cancellationToken: Token);

    private static async Task<string> ResultOfAsync(McpClient client, CallToolResult handedOver)
    {
        // Structured content came with 2025-06-18; before that the handle is in the text.
        var job = Handle(Text(handedOver));
        CallToolResult waited;
        do
            waited = await client.CallToolAsync("job_wait", new Dictionary<string, object?> { ["job_id"] = job }, cancellationToken: Token);
        while (!Text(waited).Contains("completed", StringComparison.OrdinalIgnoreCase));
        return Text(await client.CallToolAsync("job_result", new Dictionary<string, object?> { ["job_id"] = job }, cancellationToken: Token));
    }

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(result.Content[0]).Text;

    private static string Handle(string text) =>
        System.Text.RegularExpressions.Regex.Match(text, "[0-9a-f]{32}") is { Success: true } found ? found.Value : throw new FormatException(text);

    private sealed class Seen : IProgress<ProgressNotificationValue>
    {
        public List<double> Values { get; } = [];

        public void Report(ProgressNotificationValue value) => Values.Add(value.Progress);
    }
}
