using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Frontend.Tests;

/// <summary>Speaks a revision with sessions by hand.</summary>
internal sealed class SessionWire
{
    private readonly Wire _wire;
    private int _id;

    private SessionWire(Wire wire, string version, string id, JsonElement agreed)
    {
        _wire = wire;
        Version = version;
        Id = id;
        Agreed = agreed;
    }

    public string Version { get; }

    /// <summary>The Mcp-Session-Id.</summary>
    public string Id { get; }

    /// <summary>The InitializeResult.</summary>
    public JsonElement Agreed { get; }

    public static async Task<SessionWire> OpenAsync(
        Wire wire, string version, JsonObject? capabilities, CancellationToken cancellationToken)
    {
        var reply = await wire.SendAsync(Initialize(wire, version, capabilities), cancellationToken);
        var session = new SessionWire(wire, reply.Result.GetProperty("protocolVersion").GetString()!, reply.SessionId!, reply.Result);
        await session.NotifyAsync("notifications/initialized", null, cancellationToken);
        return session;
    }

    public static Message Initialize(Wire wire, string version, JsonObject? capabilities = null)
    {
        var message = wire.Request("initialize", new JsonObject
        {
            ["protocolVersion"] = version,
            ["capabilities"] = capabilities ?? [],
            ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1.0" },
        });
        message.Params.Remove("_meta");
        message.Headers["MCP-Protocol-Version"] = null;
        message.Headers["Mcp-Method"] = null;
        return message;
    }

    /// <summary>A whole message with all its headers, for the test to alter before it is sent.</summary>
    public Message Message(JsonObject body)
    {
        body["jsonrpc"] = "2.0";
        var message = new Message(body);
        message.Headers["Accept"] = "application/json, text/event-stream";
        message.Headers["Authorization"] = _wire.Request("ping").Headers.GetValueOrDefault("Authorization");
        message.Headers["Mcp-Session-Id"] = Id;
        message.Headers["MCP-Protocol-Version"] = Version;
        return message;
    }

    public Message Request(string method, JsonObject? parameters = null)
    {
        var body = new JsonObject { ["id"] = Interlocked.Increment(ref _id), ["method"] = method };
        if (parameters is not null)
            body["params"] = parameters;
        return Message(body);
    }

    public static JsonObject Call(string tool, JsonObject? arguments = null, JsonObject? task = null, JsonNode? progressToken = null)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] };
        if (task is not null)
            parameters["task"] = task;
        if (progressToken is not null)
            parameters["_meta"] = new JsonObject { ["progressToken"] = progressToken };
        return parameters;
    }

    public Task<Reply> SendAsync(string method, JsonObject? parameters, CancellationToken cancellationToken) =>
        SendAsync(Request(method, parameters), cancellationToken);

    public Task<Reply> SendAsync(Message message, CancellationToken cancellationToken) => _wire.SendAsync(message, cancellationToken);

    public Task<Reply> NotifyAsync(string method, JsonObject? parameters, CancellationToken cancellationToken)
    {
        var message = Request(method, parameters);
        message.Body.Remove("id");
        return SendAsync(message, cancellationToken);
    }

    /// <summary>Answers a request of the server's.</summary>
    public Task<Reply> AnswerAsync(JsonElement request, JsonObject result, CancellationToken cancellationToken) =>
        SendAsync(Message(new JsonObject { ["id"] = request.GetProperty("id").GetString(), ["result"] = result }), cancellationToken);

    public Task<Events> StreamAsync(string method, JsonObject? parameters, CancellationToken cancellationToken) =>
        _wire.StreamAsync(Request(method, parameters), cancellationToken);

    /// <summary>The GET stream: the session's own, or one that is taken up again.</summary>
    public Task<Events> GetAsync(string? lastEventId, CancellationToken cancellationToken)
    {
        var message = Message([]);
        message.HttpMethod = HttpMethod.Get;
        message.Headers["Accept"] = "text/event-stream";
        message.Headers["Last-Event-ID"] = lastEventId;
        return _wire.StreamAsync(message, cancellationToken);
    }

    public Task<Reply> DeleteAsync(CancellationToken cancellationToken)
    {
        var message = Message([]);
        message.HttpMethod = HttpMethod.Delete;
        return SendAsync(message, cancellationToken);
    }

    /// <summary>
    /// The text that a job's call ends with: its answer's own, or, where a slow machine let the sync window close before, what the job tools give.
    /// </summary>
    public async Task<string> FinalTextAsync(JsonElement answer, CancellationToken cancellationToken)
    {
        var text = TextOf(answer.GetProperty("result"));
        if (!text.Contains("job_wait", StringComparison.Ordinal) && !text.Contains("job_respond", StringComparison.Ordinal))
            return text;
        var job = new JsonObject { ["job_id"] = answer.GetProperty("result").GetProperty("structuredContent").GetProperty("job_id").GetString() };
        string status;
        do
        {
            var waited = await SendAsync("tools/call", Call("job_wait", job.DeepClone().AsObject()), cancellationToken);
            status = waited.Result.GetProperty("structuredContent").GetProperty("status").GetString()!;
        }
        while (status is "queued" or "running" or "input_required");
        return TextOf((await SendAsync("tools/call", Call("job_result", job), cancellationToken)).Result);
    }

    private static string TextOf(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString()!;
}
