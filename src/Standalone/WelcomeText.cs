namespace Actors.Standalone;

/// <summary>What a person who has just started the server needs, to be copied as it stands.</summary>
internal static class WelcomeText
{
    private const string Meta =
        """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}
        """;

    /// <param name="url">The MCP endpoint.</param>
    /// <param name="key">Null: the server takes anyone on this machine.</param>
    public static string Of(string url, string? key) =>
        $"""

        Actors listens on {url}
        {(key is null ? "No key is needed: it takes anyone on this machine." : $"Key: {key}")}

        .mcp.json:
        {McpJson(url, key)}

        Create a job, and poll it:
        id=$({Curl(url, key, "tools/call", "slow_thing", "\"name\":\"slow_thing\",\"arguments\":{\"seconds\":20}")} | sed -E 's/.*"taskId":"([^"]+)".*/\1/')
        {Curl(url, key, "tasks/get", "'$id'", "\"taskId\":\"'$id'\"")}

        """;

    private static string McpJson(string url, string? key)
    {
        var headers = key is null ? "" : $",\"headers\":{{\"Authorization\":\"Bearer {key}\"}}";
        return $"{{\"mcpServers\":{{\"actors\":{{\"type\":\"http\",\"url\":\"{url}\"{headers}}}}}}}";
    }

    private static string Curl(string url, string? key, string method, string name, string parameters)
    {
        var authorization = key is null ? "" : $" -H 'Authorization: Bearer {key}'";
        var body = $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":{{{parameters},{Meta}}}}}";
        return $"curl -s {url}{authorization} -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream'"
            + $" -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: {method}' -H 'Mcp-Name: {name}' -d '{body}'";
    }
}
