using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What the headers say must be what the body says (Streamable HTTP, Server Validation).</summary>
public sealed class HeaderTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("MCP-Protocol-Version", null)]
    [InlineData("MCP-Protocol-Version", "2025-11-25")]
    [InlineData("Mcp-Method", null)]
    [InlineData("Mcp-Method", "tools/list")]
    [InlineData("Mcp-Method", "TOOLS/CALL")]
    [InlineData("Mcp-Name", null)]
    [InlineData("Mcp-Name", "")]
    [InlineData("Mcp-Name", "about")]
    [InlineData("Mcp-Name", "GREET")]
    [InlineData("Mcp-Name", "=?base64?Z3JlZXQ?=")]
    public async Task A_standard_header_that_does_not_match_is_refused(string header, string? value)
    {
        var message = server.Wire.Request("tools/call", Greet());
        message.Headers[header] = value;

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32020, "application/json"), (reply.Status, reply.Code, reply.ContentType));
        Assert.Contains(header, reply.ErrorMessage, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(message.Body["id"]!.GetValue<int>(), reply.Message.GetProperty("id").GetInt32());
    }

    [Theory]
    [InlineData("mcp-name", "greet")]
    [InlineData("MCP-NAME", "  greet  ")]
    [InlineData("Mcp-Name", "=?base64?Z3JlZXQ=?=")]
    public async Task A_name_in_any_allowed_form_is_accepted(string header, string value)
    {
        var message = server.Wire.Request("tools/call", Greet());
        message.Headers.Remove("Mcp-Name");
        message.Headers[header] = value;

        Assert.Equal("Hello, Ada!", (await server.Wire.SendAsync(message, Token)).ToolText);
    }

    [Theory]
    [InlineData("Hello", "Hello")]
    [InlineData("Hello", "=?base64?SGVsbG8=?=")]
    [InlineData("SGVsbG8=", "SGVsbG8=")]
    [InlineData("=?base64?SGVsbG8=", "=?base64?SGVsbG8=")]
    [InlineData("=?BASE64?SGVsbG8=?=", "=?BASE64?SGVsbG8=?=")]
    [InlineData("日本語", "=?base64?5pel5pys6Kqe?=")]
    [InlineData("a\tb", "a\tb")]
    [InlineData(" padded ", "=?base64?IHBhZGRlZCA=?=")]
    public async Task A_parameter_header_that_says_the_same_is_accepted(string argument, string header)
    {
        var reply = await SendRegionAsync(argument, header);

        Assert.Equal($"region={argument} level=0", reply.ToolText);
    }

    [Theory]
    [InlineData("Hello", null)]
    [InlineData("Hello", "hello")]
    [InlineData("Hello", "=?base64?SGVsbG8?=")]
    [InlineData("Hello", "=?base64?SGVs!!!bG8=?=")]
    [InlineData("Hello", "=?base64?gICA?=")]
    [InlineData(null, "Hello")]
    public async Task A_parameter_header_that_does_not_match_is_refused(string? argument, string? header)
    {
        var reply = await SendRegionAsync(argument, header);

        Assert.Equal((400, -32020), (reply.Status, reply.Code));
        Assert.Contains("Mcp-Param-Region", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_is_null_needs_no_header()
    {
        var message = server.Wire.Request("tools/call", Call(new JsonObject { ["level"] = null }));

        Assert.NotEqual(400, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Theory]
    [InlineData("42", 200)]
    [InlineData("42.0", 200)]
    [InlineData("43", 400)]
    [InlineData("forty-two", 400)]
    public async Task An_integer_is_compared_as_a_number(string header, int status)
    {
        var message = server.Wire.Request("tools/call", Call(new JsonObject { ["level"] = 42 }));
        message.Headers["Mcp-Param-Level"] = header;

        Assert.Equal(status, (await server.Wire.SendAsync(message, Token)).Status);
    }

    private async Task<Reply> SendRegionAsync(string? argument, string? header)
    {
        var message = server.Wire.Request("tools/call", Call(argument is null ? [] : new JsonObject { ["region"] = argument }));
        message.Headers["Mcp-Param-Region"] = header;
        return await server.Wire.SendAsync(message, Token);
    }

    private static JsonObject Call(JsonObject arguments) => new() { ["name"] = "test_x_mcp_header", ["arguments"] = arguments };

    private static JsonObject Greet() => new() { ["name"] = "greet", ["arguments"] = new JsonObject { ["name"] = "Ada" } };
}
