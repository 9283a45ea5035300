using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>Its schema refers to another one over the network, which nobody follows.</summary>
public sealed class ElsewhereTool : McpServerTool
{
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "refers_elsewhere",
        Description = "Has an input schema that cannot be resolved.",
        InputSchema = JsonElement.Parse("""{"type":"object","properties":{"anything":{"$ref":"https://schemas.example.com/thing"}}}"""),
    };

    public override IReadOnlyList<object> Metadata => [];

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new CallToolResult { Content = [new TextContentBlock { Text = "It ran." }] });
}
