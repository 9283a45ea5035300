using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Crash.Tests;

/// <summary>Speaks revision 2026-07-28 with the tasks extension, and keeps nothing but handles.</summary>
internal sealed class WireClient(Uri endpoint) : IDisposable
{
    private const string Revision = "2026-07-28";
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<string> CreateTaskAsync(string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        var result = await CallAsync("tools/call", tool, new() { ["name"] = tool, ["arguments"] = arguments }, cancellationToken);
        Assert.Equal("task", result.GetProperty("resultType").GetString());
        return result.GetProperty("taskId").GetString()!;
    }

    public Task<JsonElement> GetTaskAsync(string taskId, CancellationToken cancellationToken) =>
        CallAsync("tasks/get", taskId, new() { ["taskId"] = taskId }, cancellationToken);

    public Task<JsonElement> AnswerAsync(string taskId, string key, JsonObject answer, CancellationToken cancellationToken) =>
        CallAsync(
            "tasks/update",
            taskId,
            new() { ["taskId"] = taskId, ["inputResponses"] = new JsonObject { [key] = answer } },
            cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> CallAsync(
        string method, string name, JsonObject parameters, CancellationToken cancellationToken)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Revision,
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "crash-tests", ["version"] = "1.0.0" },
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject
            {
                ["elicitation"] = new JsonObject(),
                ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
            },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = JsonContent.Create(
            new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters });
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Revision);
        request.Headers.Add("Mcp-Method", method);
        request.Headers.Add("Mcp-Name", name);
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return JsonElement.Parse(body).TryGetProperty("result", out var result)
            ? result
            : throw new InvalidOperationException($"{method} of {name} answered {(int)response.StatusCode}: {body}");
    }
}
