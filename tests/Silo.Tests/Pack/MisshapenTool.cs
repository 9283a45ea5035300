using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Returns as structured content whatever it is given, though its output schema wants an object with a number.</summary>
public sealed class MisshapenTool : McpServerTool
{
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "misshapen",
        InputSchema = JsonElement.Parse("""{"type":"object"}"""),
        OutputSchema = JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}"""),
    };

    public override IReadOnlyList<object> Metadata => [];

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        JsonElement? content = request.Params!.Arguments?.TryGetValue("content", out var given) is true ? given : null;
        return ValueTask.FromResult(new CallToolResult { Content = [new TextContentBlock { Text = "done" }], StructuredContent = content });
    }
}
