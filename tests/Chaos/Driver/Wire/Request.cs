using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Chaos.Driver.Wire;

/// <summary>A request, and what the record says of it.</summary>
internal sealed record Request(string Method, JsonObject Params)
{
    private const string Revision = "2026-07-28";

    /// <summary>What the header Mcp-Name repeats.</summary>
    public required string Name { get; init; }

    public string? Tool { get; init; }

    public string? Handle { get; init; }

    public string? Token { get; init; }

    public JsonObject? Sent { get; init; }

    /// <summary>Whatever is repeated with this key is one job.</summary>
    public string? Key { get; init; }

    /// <summary>Where the job's end is to be told.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>What is to be called when the job has ended.</summary>
    public JsonObject? Then { get; init; }

    /// <summary>How much later the job is to begin.</summary>
    public int? DelayMs { get; init; }

    /// <summary>When the job is to begin.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Whether the key travels as the header Idempotency-Key, and not in _meta.</summary>
    public bool IsKeyInHeader { get; init; }

    public static Request Create(string tool, string token, JsonObject arguments) =>
        new("tools/call", new() { ["name"] = tool, ["arguments"] = arguments }) { Name = tool, Tool = tool, Token = token, Sent = arguments };

    public static Request Get(string handle) => OfTask("tasks/get", handle);

    public static Request Cancel(string handle) => OfTask("tasks/cancel", handle);

    public static Request Answer(string handle, JsonObject responses) =>
        new("tasks/update", new() { ["taskId"] = handle, ["inputResponses"] = responses }) { Name = handle, Handle = handle, Sent = responses };

    public static Request Listen(string handle) =>
        new("subscriptions/listen", new() { ["notifications"] = new JsonObject { ["taskIds"] = new JsonArray(handle) } }) { Name = "", Handle = handle };

    /// <summary>The same call with another argument.</summary>
    public Request Altered()
    {
        var arguments = (JsonObject)Sent!.DeepClone();
        arguments["delayMs"] = (int)arguments["delayMs"]! + 1;
        return Create(Tool!, Token!, arguments) with
        {
            Webhook = Webhook, Then = Then, DelayMs = DelayMs, StartAt = StartAt, Key = Key, IsKeyInHeader = IsKeyInHeader,
        };
    }

    public static Request Respond(string handle, string key, JsonObject response)
    {
        var arguments = new JsonObject { ["job_id"] = handle, ["key"] = key };
        foreach (var (name, value) in response)
            arguments[name] = value!.DeepClone();
        return new("tools/call", new() { ["name"] = "job_respond", ["arguments"] = arguments })
        {
            Name = "job_respond", Tool = "job_respond", Handle = handle, Sent = new() { [key] = response.DeepClone() },
        };
    }

    /// <summary>A call of one of the tools for schedules.</summary>
    public static Request OfSchedule(string tool, string token, JsonObject arguments) =>
        new("tools/call", new() { ["name"] = tool, ["arguments"] = arguments }) { Name = tool, Tool = tool, Token = token, Sent = arguments };

    public static Request JobGet(string handle) =>
        new("tools/call", new() { ["name"] = "job_get", ["arguments"] = new JsonObject { ["job_id"] = handle } }) { Name = "job_get", Tool = "job_get", Handle = handle };

    public static Request Retry(string handle) =>
        new("tools/call", new() { ["name"] = "job_retry", ["arguments"] = new JsonObject { ["job_id"] = handle } }) { Name = "job_retry", Tool = "job_retry", Handle = handle };

    /// <summary>A piece of a job's result, as a resource.</summary>
    public static Request ReadPiece(string handle, long offset, int length)
    {
        var uri = $"job://{handle}/result?offset={offset}&length={length}";
        return new("resources/read", new() { ["uri"] = uri }) { Name = uri, Handle = handle };
    }

    /// <summary>The same by the job tool.</summary>
    public static Request ResultPiece(string handle, long offset, int length) =>
        new("tools/call", new() { ["name"] = "job_result", ["arguments"] = new JsonObject { ["job_id"] = handle, ["offset"] = offset, ["length"] = length } })
        {
            Name = "job_result", Tool = "job_result", Handle = handle,
        };

    public static Request JobList(int limit) =>
        new("tools/call", new() { ["name"] = "job_list", ["arguments"] = new JsonObject { ["limit"] = limit } }) { Name = "job_list", Tool = "job_list" };

    public HttpRequestMessage ToHttp(long id, Uri address)
    {
        var parameters = (JsonObject)Params.DeepClone();
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Revision,
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "chaos", ["version"] = "1.0.0" },
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject
            {
                ["elicitation"] = new JsonObject(),
                ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
            },
        };
        if (Key is not null && !IsKeyInHeader)
            parameters["_meta"]!["actors/idempotencyKey"] = Key;
        if (Webhook is not null)
            parameters["_meta"]!["actors/webhook"] = new JsonObject { ["url"] = Webhook.AbsoluteUri };
        if (Then is not null)
            parameters["_meta"]!["actors/then"] = Then.DeepClone();
        if (DelayMs is { } delay)
            parameters["_meta"]!["actors/delayMs"] = delay;
        if (StartAt is { } start)
            parameters["_meta"]!["actors/startAt"] = start.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = Method, ["params"] = parameters };
        var http = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(message.ToJsonString(), null, "application/json") };
        http.Headers.Add("Accept", "application/json, text/event-stream");
        http.Headers.Add("MCP-Protocol-Version", Revision);
        http.Headers.Add("Mcp-Method", Method);
        if (Key is not null && IsKeyInHeader)
            http.Headers.Add("Idempotency-Key", Key);
        if (Name.Length > 0)
            http.Headers.Add("Mcp-Name", Name);
        return http;
    }

    private static Request OfTask(string method, string handle) => new(method, new() { ["taskId"] = handle }) { Name = handle, Handle = handle };
}
