using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.PackServer;

/// <summary>Speaks revision 2026-07-28 with the tasks extension, which the C# SDK's client does not, and keeps nothing but handles.</summary>
public sealed class TaskClient(HttpClient http) : IDisposable
{
    private const string Revision = "2026-07-28";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static TaskClient To(Uri address, string key) => new(new HttpClient
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    });

    /// <summary>Calls a job tool, and returns the handle.</summary>
    public async Task<string> CreateAsync(string tool, JsonObject arguments)
    {
        var result = await CallAsync("tools/call", tool, new() { ["name"] = tool, ["arguments"] = arguments });
        return result.GetProperty("resultType").GetString() == "task"
            ? result.GetProperty("taskId").GetString()!
            : throw new InvalidOperationException($"{tool} answered with no task: {result}");
    }

    public Task<JsonElement> GetAsync(string handle) => CallAsync("tasks/get", handle, new() { ["taskId"] = handle });

    public Task CancelAsync(string handle) => CallAsync("tasks/cancel", handle, new() { ["taskId"] = handle });

    /// <summary>Polls until the job is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string handle, Func<JsonElement, bool> isWanted)
    {
        using var late = new CancellationTokenSource(Deadline);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var task = await GetAsync(handle); ; task = await GetAsync(handle))
        {
            if (isWanted(task))
                return task;
            if (late.IsCancellationRequested)
                throw new TimeoutException($"After {Deadline} the job was still: {task}");
            await poll.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public Task<JsonElement> EndAsync(string handle) =>
        UntilAsync(handle, task => task.GetProperty("status").GetString() is "completed" or "failed" or "cancelled");

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> CallAsync(string method, string name, JsonObject parameters)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Revision,
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "pack-tests", ["version"] = "1.0.0" },
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject
            {
                ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
            },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/mcp", UriKind.Relative))
        {
            Content = JsonContent.Create(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Revision);
        request.Headers.Add("Mcp-Method", method);
        request.Headers.Add("Mcp-Name", name);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return JsonElement.Parse(body).TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"{method} of {name} answered {(int)response.StatusCode}: {body}");
    }
}
