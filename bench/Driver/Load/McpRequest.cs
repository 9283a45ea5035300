using System.Text;
using System.Text.Json;

namespace Actors.Bench.Driver.Load;

/// <summary>Requests of revision 2026-07-28 with the tasks extension, as the bytes that go over the wire.</summary>
internal sealed class McpRequest(Uri address, string? key)
{
    private const string Revision = "2026-07-28";

    public byte[] CallTool(string tool, object? arguments = null) =>
        Bytes("tools/call", tool, new { name = tool, arguments = arguments ?? new { }, _meta = Meta });

    public byte[] GetTask(string taskId) => Bytes("tasks/get", taskId, new { taskId, _meta = Meta });

    public byte[] CancelTask(string taskId) => Bytes("tasks/cancel", taskId, new { taskId, _meta = Meta });

    /// <summary>A stream of what happens to a task.</summary>
    public byte[] Listen(string taskId) => Bytes("subscriptions/listen", "", new { notifications = new { taskIds = (string[])[taskId] }, _meta = Meta });

    /// <summary>Begins a session of revision 2025-11-25.</summary>
    public byte[] Initialize() => Bytes("initialize", "", new
    {
        protocolVersion = "2025-11-25", capabilities = new { }, clientInfo = new { name = "actors-bench", version = "1.0.0" },
    }, revision: null);

    /// <summary>The handle in an answer, be it JSON or an event.</summary>
    public static string TaskIdIn(ReadOnlySpan<byte> answer)
    {
        var name = answer.IndexOf("\"taskId\":\""u8);
        if (name < 0)
            throw new InvalidOperationException($"The server answered: {Encoding.UTF8.GetString(answer)}");
        var id = answer[(name + "\"taskId\":\"".Length)..];
        return Encoding.ASCII.GetString(id[..id.IndexOf((byte)'"')]);
    }

    private static Dictionary<string, object> Meta => new()
    {
        ["io.modelcontextprotocol/protocolVersion"] = Revision,
        ["io.modelcontextprotocol/clientInfo"] = new { name = "actors-bench", version = "1.0.0" },
        ["io.modelcontextprotocol/clientCapabilities"] = new
        {
            extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new { } },
        },
    };

    private byte[] Bytes(string method, string name, object parameters, string? revision = Revision)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters,
        });
        var head = $"POST /mcp HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
            + (revision is null ? "" : $"MCP-Protocol-Version: {revision}\r\nMcp-Method: {method}\r\n{(name.Length > 0 ? $"Mcp-Name: {name}\r\n" : "")}")
            + (key is null ? "" : $"Authorization: Bearer {key}\r\n")
            + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
