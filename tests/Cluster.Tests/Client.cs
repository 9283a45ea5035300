using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Cluster.Tests;

/// <summary>An agent of revision 2026-07-28 with the tasks extension. It holds handles and a key, and speaks to whichever frontend it is told.</summary>
internal sealed class Client(string key) : IDisposable
{
    private const string Revision = "2026-07-28";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A handle that was acknowledged. Where nothing was, it tries again: at worst a job more runs.</summary>
    public async Task<string> CreateAsync(
        Func<Uri> frontend, string tool, JsonObject arguments, CancellationToken cancellationToken, JsonObject? meta = null)
    {
        var created = await UntilAsync(
            () => SendAsync(
                frontend(), "tools/call", tool,
                new() { ["name"] = tool, ["arguments"] = arguments.DeepClone(), ["_meta"] = meta?.DeepClone() ?? new JsonObject() }, cancellationToken),
            answer => answer.Result is not null,
            $"a handle for {tool}",
            cancellationToken);
        return created.Result!.Value.GetProperty("taskId").GetString()!;
    }

    /// <summary>The same with an idempotency key and a label to find its job by: however often it tries, one job runs.</summary>
    public async Task<string> CreateOnceAsync(
        Func<Uri> frontend, string tool, JsonObject arguments, string key, string label, CancellationToken cancellationToken)
    {
        var created = await UntilAsync(
            () => SendAsync(frontend(), "tools/call", tool, Keyed(tool, arguments, key, label), cancellationToken),
            answer => answer.Result is not null,
            $"a handle for {tool} with the key {key}",
            cancellationToken);
        return created.Result!.Value.GetProperty("taskId").GetString()!;
    }

    /// <summary>A single try of that.</summary>
    public Task<Answer> CallOnceAsync(Uri frontend, string tool, JsonObject arguments, string key, CancellationToken cancellationToken) =>
        SendAsync(frontend, "tools/call", tool, Keyed(tool, arguments, key, "none"), cancellationToken);

    /// <summary>The handles of all jobs with a label.</summary>
    public async Task<IReadOnlyList<string>> LabelledAsync(Uri frontend, string label, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(frontend, "job_list", new() { ["label"] = label, ["limit"] = 100 }, cancellationToken);
        return [.. answer.Result!.Value.GetProperty("structuredContent").GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString()!)];
    }

    public Task<Answer> GetAsync(Uri frontend, string job, CancellationToken cancellationToken) =>
        SendAsync(frontend, "tasks/get", job, new() { ["taskId"] = job }, cancellationToken);

    public Task<Answer> CancelAsync(Uri frontend, string job, CancellationToken cancellationToken) =>
        SendAsync(frontend, "tasks/cancel", job, new() { ["taskId"] = job }, cancellationToken);

    public Task<Answer> AnswerAsync(Uri frontend, string job, string question, JsonObject answer, CancellationToken cancellationToken) =>
        SendAsync(
            frontend, "tasks/update", job,
            new() { ["taskId"] = job, ["inputResponses"] = new JsonObject { [question] = answer } }, cancellationToken);

    public Task<Answer> CallAsync(
        Uri frontend, string tool, JsonObject arguments, CancellationToken cancellationToken, string? progressToken = null, JsonObject? meta = null)
    {
        JsonObject parameters = new() { ["name"] = tool, ["arguments"] = arguments };
        if (meta is not null)
            parameters["_meta"] = meta;
        if (progressToken is not null)
            parameters["_meta"] = new JsonObject { ["progressToken"] = progressToken };
        return SendAsync(frontend, "tools/call", tool, parameters, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ToolsAsync(Uri frontend, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(frontend, "tools/list", null, [], cancellationToken);
        return [.. answer.Result!.Value.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];
    }

    /// <summary>Polls through one frontend after the other until the job is so. A handle that turns unknown meanwhile fails the test.</summary>
    public async Task<Answer> ReachesAsync(Func<Uri> frontend, string job, string status, CancellationToken cancellationToken) =>
        await UntilAsync(
            async () =>
            {
                var answer = await GetAsync(frontend(), job, cancellationToken);
                Assert.False(answer.ErrorCode == -32602, $"The handle {job} turned unknown: {answer.ErrorText}");
                return answer;
            },
            answer => answer.Status == status,
            $"{job} to be {status}",
            cancellationToken);

    /// <summary>The states that a subscription tells of, until it ends or is dropped.</summary>
    public async IAsyncEnumerable<string> ListenAsync(
        Uri frontend, string job, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = NewRequest(
            frontend, "subscriptions/listen", null,
            new() { ["notifications"] = new JsonObject { ["taskIds"] = new JsonArray(job) } });
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await NextLineAsync(lines, cancellationToken) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal)
                && JsonElement.Parse(line["data: ".Length..]) is var message
                && message.TryGetProperty("params", out var parameters)
                && parameters.TryGetProperty("status", out var status))
                yield return status.GetString()!;
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Keyed(string tool, JsonObject arguments, string key, string label) => new()
    {
        ["name"] = tool,
        ["arguments"] = arguments.DeepClone(),
        ["_meta"] = new JsonObject { ["actors/idempotencyKey"] = key, ["actors/labels"] = new JsonObject { [label] = key } },
    };

    private static async Task<string?> NextLineAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The frontend is gone.
            return null;
        }
    }

    /// <summary>As clients do: a connection that fails and an error that says "again" are tried again.</summary>
    private static async Task<Answer> UntilAsync(
        Func<Task<Answer>> ask, Func<Answer, bool> isDone, string what, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        var last = "nothing";
        while (TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            try
            {
                var answer = await ask();
                if (isDone(answer))
                    return answer;
                last = answer.Message.GetRawText();
                Assert.True(answer.Result is not null || IsRetryable(answer), $"Waiting for {what}: {last}");
            }
            catch (Exception exception) when (exception is HttpRequestException or (TaskCanceledException and { InnerException: TimeoutException }))
            {
                last = exception.Message;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for {what}; the last answer was {last}");
    }

    // Errors that do not say that the fault is the caller's, or one of ours that nobody foresaw.
    private static bool IsRetryable(Answer answer) => answer.ErrorCode is not (-32602 or -32601 or -32600)
        && !answer.ErrorText.Contains("Its operator finds the cause", StringComparison.Ordinal);

    private async Task<Answer> SendAsync(Uri frontend, string method, string? name, JsonObject parameters, CancellationToken cancellationToken)
    {
        using var request = NewRequest(frontend, method, name, parameters);
        using var response = await _http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            body = body.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..];
        return new Answer(response.StatusCode, JsonElement.Parse(body));
    }

    private HttpRequestMessage NewRequest(Uri frontend, string method, string? name, JsonObject parameters)
    {
        var meta = (JsonObject)(parameters["_meta"] ??= new JsonObject());
        meta["io.modelcontextprotocol/protocolVersion"] = Revision;
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "cluster-tests", ["version"] = "1.0.0" };
        meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject
        {
            ["elicitation"] = new JsonObject(),
            ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
        };
        var request = new HttpRequestMessage(HttpMethod.Post, frontend)
        {
            Content = JsonContent.Create(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Revision);
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
            request.Headers.Add("Mcp-Name", name);
        return request;
    }
}
