using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Actors.Demo;

/// <summary>The official client, with the tasks extension declared.</summary>
internal sealed class TaskClient : IAsyncDisposable
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(200);
    private readonly McpClient _client;

    private TaskClient(McpClient client) => _client = client;

    public static async Task<TaskClient> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var transport = new HttpClientTransport(new()
        {
            Endpoint = endpoint, TransportMode = HttpTransportMode.StreamableHttp,
        });
        var options = new McpClientOptions
        {
            ClientInfo = new() { Name = "actors-demo", Version = "1.0.0" },
            ProtocolVersion = "2026-07-28",
            Capabilities = new()
            {
                Extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
            },
        };
        return new(await McpClient.CreateAsync(transport, options, cancellationToken: cancellationToken));
    }

    /// <summary>Calls a tool that answers with a task, and returns the handle.</summary>
    public async Task<string> StartAsync(string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        var result = await SendAsync("tools/call", tool, new() { ["name"] = tool, ["arguments"] = arguments }, cancellationToken);
        return (string?)result["resultType"] == "task"
            ? (string)result["taskId"]!
            : throw new InvalidOperationException($"{tool} did not become a task: {result}");
    }

    /// <summary>Polls, as often as the server says, or a little more often for the sake of the progress bar.</summary>
    public async IAsyncEnumerable<TaskView> WatchAsync(string taskId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TaskView task;
        do
        {
            task = new(await SendAsync("tasks/get", taskId, new() { ["taskId"] = taskId }, cancellationToken));
            yield return task;
            await Task.Delay(task.PollInterval < LongestPoll ? task.PollInterval : LongestPoll, cancellationToken);
        }
        while (!task.IsTerminal);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<JsonObject> SendAsync(
        string method, string name, JsonObject parameters, CancellationToken cancellationToken)
    {
        var request = new JsonRpcRequest { Method = method, Params = parameters, Context = new() { RoutingName = name } };
        var response = await _client.SendRequestAsync(request, cancellationToken);
        return response.Result as JsonObject ?? throw new InvalidOperationException($"{method} answered without an object.");
    }
}
