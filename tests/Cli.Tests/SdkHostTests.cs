using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Actors.Cli.Tests;

/// <summary>The official C# client as a host, with the bridge as its stdio server, in both eras.</summary>
public sealed class SdkHostTests(Service service) : IAsyncLifetime
{
    private const string Stateless = "2026-07-28";
    private const string Sessions = "2025-11-25";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await service.HealAsync(Token);

    [Theory]
    [InlineData(Stateless)]
    [InlineData(Sessions)]
    public async Task It_lists_calls_and_hears_progress(string revision)
    {
        await using var client = await ConnectAsync(revision);
        var seen = new List<double>();

        Assert.Contains(await client.ListToolsAsync(cancellationToken: Token), tool => tool.Name == "job_wait");
        Assert.NotEmpty(await client.ListResourcesAsync(cancellationToken: Token));
        Assert.NotEmpty((await client.GetPromptAsync("test_simple_prompt", cancellationToken: Token)).Messages);
        var result = await client.CallToolAsync("test_tool_with_progress", progress: new Seen(seen), cancellationToken: Token);

        Assert.Equal("Reported progress.", Text(result));
        Assert.Equal([0, 50, 100], seen);
    }

    [Theory]
    [InlineData(Stateless)]
    [InlineData(Sessions)]
    public async Task It_answers_a_question_in_the_call(string revision)
    {
        await using var client = await ConnectAsync(revision, new McpClientHandlers
        {
            ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, JsonElement>
                {
                    ["username"] = JsonElement.Parse("\"ada\""),
                    ["email"] = JsonElement.Parse("\"ada@example.com\""),
                },
            }),
        });

        var result = await client.CallToolAsync(
            "test_elicitation", new Dictionary<string, object?> { ["message"] = "Who are you?" }, cancellationToken: Token);

        Assert.StartsWith("The user chose accept", Text(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Stateless)]
    [InlineData(Sessions)]
    public async Task It_goes_on_when_its_frontend_is_killed_between_two_calls(string revision)
    {
        service.RouteTo(service.First);
        await using var client = await ConnectAsync(revision);
        Assert.Equal("Hello, Ada!", Text(await GreetAsync(client)));

        await service.First.KillAsync(Token);
        service.RouteTo(service.Second);

        Assert.Equal("Hello, Ada!", Text(await GreetAsync(client)));
    }

    [Fact]
    public async Task A_call_of_a_session_survives_that_its_frontend_is_killed_in_the_middle()
    {
        service.RouteTo(service.First);
        await using var client = await ConnectAsync(Sessions);
        var seen = new Seen([]);
        var call = client.CallToolAsync(
            "slow_compute", new Dictionary<string, object?> { ["seconds"] = 6, ["label"] = "it" }, progress: seen, cancellationToken: Token).AsTask();
        await seen.First.WaitAsync(TimeSpan.FromSeconds(60), Token);

        await service.First.KillAsync(Token);
        service.RouteTo(service.Second);

        Assert.Equal("Computed it.", Text(await call));
    }

    private static ValueTask<CallToolResult> GreetAsync(McpClient client) =>
        client.CallToolAsync("greet", new Dictionary<string, object?> { ["name"] = "Ada" }, cancellationToken: Token);

    private Task<McpClient> ConnectAsync(string revision, McpClientHandlers? handlers = null) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = Path.Combine(AppContext.BaseDirectory, "actors"),
            Arguments = ["stdio", "--url", service.Url.ToString()],
            EnvironmentVariables = new Dictionary<string, string?> { ["ACTORS_KEY"] = service.Key },
        }),
        new McpClientOptions { ProtocolVersion = revision, Handlers = handlers ?? new() },
        cancellationToken: Token);

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(result.Content[0]).Text;

    private sealed class Seen(List<double> values) : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => _first.Task;

        public void Report(ProgressNotificationValue value)
        {
            values.Add(value.Progress);
            _first.TrySetResult();
        }
    }
}
