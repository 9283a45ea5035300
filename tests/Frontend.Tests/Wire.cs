using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Frontend.Tests;

/// <summary>Speaks revision 2026-07-28 by hand: every byte and header of a request can be made wrong.</summary>
internal sealed class Wire(HttpClient http, string? key, string path = "/mcp")
{
    public const string Version = "2026-07-28";

    public static readonly string[] Versions = [Version, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    private int _id;

    public static JsonObject Tasks => new() { ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() } };

    public static JsonObject Elicitation => new() { ["elicitation"] = new JsonObject() };

    /// <summary>A whole request with all its headers, for the test to alter before it is sent.</summary>
    public Message Request(string method, JsonObject? parameters = null, JsonObject? capabilities = null)
    {
        parameters ??= [];
        var meta = parameters["_meta"] as JsonObject ?? [];
        parameters["_meta"] = meta;
        meta["io.modelcontextprotocol/protocolVersion"] = Version;
        meta["io.modelcontextprotocol/clientCapabilities"] = capabilities ?? [];
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1.0" };
        var message = new Message(new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = Interlocked.Increment(ref _id),
            ["method"] = method,
            ["params"] = parameters,
        });
        message.Headers["MCP-Protocol-Version"] = Version;
        message.Headers["Mcp-Method"] = method;
        message.Headers["Accept"] = "application/json, text/event-stream";
        if (method is "tools/call" or "prompts/get")
            message.Headers["Mcp-Name"] = (string?)parameters["name"];
        else if (method == "resources/read")
            message.Headers["Mcp-Name"] = (string?)parameters["uri"];
        else if (method.StartsWith("tasks/", StringComparison.Ordinal))
            message.Headers["Mcp-Name"] = (string?)parameters["taskId"];
        if (key is not null)
            message.Headers["Authorization"] = "Bearer " + key;
        return message;
    }

    public async Task<Reply> SendAsync(Message message, CancellationToken cancellationToken)
    {
        using var request = ToHttp(message);
        using var response = await http.SendAsync(request, cancellationToken);
        return new Reply(response, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public Task<Reply> SendAsync(
        string method, JsonObject? parameters = null, JsonObject? capabilities = null, CancellationToken cancellationToken = default) =>
        SendAsync(Request(method, parameters, capabilities), cancellationToken);

    /// <summary>A tools/call, and its reply.</summary>
    public Task<Reply> CallAsync(
        string tool, JsonObject? arguments = null, JsonObject? capabilities = null, CancellationToken cancellationToken = default) =>
        SendAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] }, capabilities, cancellationToken);

    /// <summary>An answer that is read event by event. Disposing it drops the connection.</summary>
    public async Task<Events> StreamAsync(Message message, CancellationToken cancellationToken)
    {
        using var request = ToHttp(message);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new Events(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    public Task<Events> ListenAsync(JsonObject filter, JsonObject? capabilities, CancellationToken cancellationToken) =>
        StreamAsync(Request("subscriptions/listen", new JsonObject { ["notifications"] = filter }, capabilities), cancellationToken);

    private HttpRequestMessage ToHttp(Message message)
    {
        var request = new HttpRequestMessage(message.HttpMethod, path);
        if (message.HttpMethod == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent(message.Raw ?? Encoding.UTF8.GetBytes(message.Body.ToJsonString()));
            request.Content.Headers.ContentType = message.ContentType is null ? null : MediaTypeHeaderValue.Parse(message.ContentType);
        }
        foreach (var (name, value) in message.Headers)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }
}
