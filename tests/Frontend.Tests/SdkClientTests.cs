using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The official C# client, as it comes.</summary>
public sealed class SdkClientTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_connects_lists_and_calls()
    {
        await using var client = await ConnectAsync();

        var tools = await client.ListToolsAsync(cancellationToken: Token);
        Assert.Contains(tools, tool => tool.Name == "greet");
        Assert.Contains(tools, tool => tool.Name == "job_wait");
        var result = await client.CallToolAsync("greet", new Dictionary<string, object?> { ["name"] = "Ada" }, cancellationToken: Token);
        Assert.Equal("Hello, Ada!", Text(result));
    }

    [Fact]
    public async Task It_reads_prompts_and_resources()
    {
        await using var client = await ConnectAsync();

        Assert.NotEmpty(await client.ListPromptsAsync(cancellationToken: Token));
        var prompt = await client.GetPromptAsync("test_simple_prompt", cancellationToken: Token);
        Assert.NotEmpty(prompt.Messages);
        Assert.NotEmpty(await client.ListResourcesAsync(cancellationToken: Token));
        var resource = await client.ReadResourceAsync("test://static-text", cancellationToken: Token);
        Assert.NotEmpty(resource.Contents);
    }

    [Fact]
    public async Task It_gets_progress_before_the_result()
    {
        await using var client = await ConnectAsync();
        var seen = new List<double>();

        var result = await client.CallToolAsync(
            "test_tool_with_progress", progress: new Seen(seen), cancellationToken: Token);

        Assert.Equal("Reported progress.", Text(result));
        Assert.Equal([0, 50, 100], seen);
    }

    [Fact]
    public async Task It_answers_a_question_in_the_call()
    {
        await using var client = await ConnectAsync(new McpClientHandlers
        {
            ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, System.Text.Json.JsonElement>
                {
                    ["username"] = System.Text.Json.JsonElement.Parse("\"ada\""),
                    ["email"] = System.Text.Json.JsonElement.Parse("\"ada@example.com\""),
                },
            }),
        });

        var result = await client.CallToolAsync(
            "test_elicitation", new Dictionary<string, object?> { ["message"] = "Who are you?" }, cancellationToken: Token);

        Assert.StartsWith("The user chose accept", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_follows_a_job_with_the_job_tools()
    {
        await using var client = await ConnectAsync();

        var handedOver = await client.CallToolAsync(
            "slow_compute", new Dictionary<string, object?> { ["seconds"] = 3 }, cancellationToken: Token);
        var job = handedOver.StructuredContent!.Value.GetProperty("job_id").GetString();
        CallToolResult waited;
        do
            waited = await client.CallToolAsync("job_wait", new Dictionary<string, object?> { ["job_id"] = job }, cancellationToken: Token);
        while (waited.StructuredContent!.Value.GetProperty("status").GetString() is "queued" or "running");

        var result = await client.CallToolAsync("job_result", new Dictionary<string, object?> { ["job_id"] = job }, cancellationToken: Token);
        Assert.Equal("Computed the answer.", Text(result));
    }

    [Fact]
    public async Task An_unknown_tool_is_an_error_with_its_code()
    {
        await using var client = await ConnectAsync();

        var refused = await Assert.ThrowsAsync<McpProtocolException>(
            async () => await client.CallToolAsync("no_such_tool", cancellationToken: Token));

        Assert.Equal(McpErrorCode.InvalidParams, refused.ErrorCode);
    }

    private Task<McpClient> ConnectAsync(McpClientHandlers? handlers = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(server.Address, "/mcp"),
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.Key },
            TransportMode = HttpTransportMode.StreamableHttp,
        }),
        new McpClientOptions { ProtocolVersion = Wire.Version, Handlers = handlers ?? new() },
        cancellationToken: Token);

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(result.Content[0]).Text;

    private sealed class Seen(List<double> values) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => values.Add(value.Progress);
    }
}
