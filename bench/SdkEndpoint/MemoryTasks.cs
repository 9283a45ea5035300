using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Bench.SdkEndpoint;

/// <summary>
/// What the SDK's package for tasks does with its store in memory: a call of a job tool adds an entry, goes on in the background and
/// answers with the handle; tasks/get looks the entry up.
/// </summary>
internal sealed class MemoryTasks
{
    private static readonly TimeSpan Ttl = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, MemoryTask> _tasks = new(StringComparer.Ordinal);

    public MemoryTasks() => Handlers = [new McpServerRequestHandler { Method = "tasks/get", RoutingNameParameter = "taskId", Handler = Get }];

    public IList<McpServerRequestHandler> Handlers { get; }

    public async ValueTask<ResultOrAlternate<CallToolResult>> RunAsTaskAsync(
        RequestContext<CallToolRequestParams> request,
        McpRequestHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>> next,
        CancellationToken cancellationToken)
    {
        if (request.Params?.Name != "hold")
            return await next(request, cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        var task = new MemoryTask
        {
            TaskId = Guid.NewGuid().ToString("N"), Status = "working", ResultType = "task",
            CreatedAt = now, LastUpdatedAt = now, TtlMs = (long)Ttl.TotalMilliseconds, PollIntervalMs = 1000,
        };
        _tasks[task.TaskId] = task;
        _ = Task.Run(() => next(request, CancellationToken.None).AsTask(), CancellationToken.None);
        return ResultOrAlternate<CallToolResult>.FromAlternate(task, MemoryTaskJson.Default.MemoryTask);
    }

    private ValueTask<JsonNode?> Get(JsonRpcRequest request, CancellationToken cancellationToken)
    {
        var id = request.Params?["taskId"]?.GetValue<string>();
        if (id is null || !_tasks.TryGetValue(id, out var task))
            throw new McpProtocolException("There is no such task.", McpErrorCode.InvalidParams);
        var result = JsonSerializer.SerializeToNode(task, MemoryTaskJson.Default.MemoryTask);
        result!["resultType"] = "complete";
        return ValueTask.FromResult<JsonNode?>(result);
    }
}
