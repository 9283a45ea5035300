using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Actors.PackServer;

/// <summary>The official C# client with a tenant's key, and results in the form that tests look at.</summary>
public sealed class PackClient(McpClient client) : IAsyncDisposable
{
    private IReadOnlyDictionary<string, JsonElement>? _schemas;

    public McpClient Mcp => client;

    /// <summary>The structured content of a call that went well, after a look whether it is what the tool's output schema promises.</summary>
    public async Task<JsonElement> CallAsync(string tool, object arguments, IProgress<ProgressNotificationValue>? progress = null)
    {
        var result = await SendAsync(tool, arguments, progress);
        if (result.IsError is true || result.StructuredContent is not { } content)
            throw new InvalidOperationException($"{tool} answered with an error, or without structured content: {Text(result)}");
        // To a client without tasks a job promises nothing: it may get a handle instead.
        if ((await SchemasAsync()).TryGetValue(tool, out var schema))
            OutputPromise.Check(schema, content);
        return content;
    }

    /// <summary>The sentence of a call that was refused.</summary>
    public async Task<string> RefusalAsync(string tool, object arguments)
    {
        var result = await SendAsync(tool, arguments, progress: null);
        return result.IsError is true ? Text(result) : throw new InvalidOperationException($"{tool} did not refuse: {Text(result)}");
    }

    public static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task<IReadOnlyDictionary<string, JsonElement>> SchemasAsync() => _schemas ??=
        (await client.ListToolsAsync()).Where(tool => tool.ReturnJsonSchema is not null).ToDictionary(tool => tool.Name, tool => tool.ReturnJsonSchema!.Value);

    private async Task<CallToolResult> SendAsync(string tool, object arguments, IProgress<ProgressNotificationValue>? progress) =>
        await client.CallToolAsync(tool, JsonSerializer.SerializeToElement(arguments).Deserialize<Dictionary<string, object?>>(), progress);
}
