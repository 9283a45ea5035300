using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What there is to call, page by page.</summary>
public sealed class ListTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discover_names_versions_capabilities_and_the_server()
    {
        var result = (await server.Wire.SendAsync("server/discover", cancellationToken: Token)).Result;

        Assert.Equal(Wire.Versions, result.GetProperty("supportedVersions").EnumerateArray().Select(version => version.GetString()));
        var capabilities = result.GetProperty("capabilities");
        Assert.Equal("{}", capabilities.GetProperty("extensions").GetProperty("io.modelcontextprotocol/tasks").GetRawText());
        Assert.False(capabilities.TryGetProperty("tasks", out _));
        Assert.True(capabilities.GetProperty("tools").GetProperty("listChanged").GetBoolean());
        Assert.Equal("actors", ServerInfo(result).GetProperty("name").GetString());
        Assert.Equal("public", result.GetProperty("cacheScope").GetString());
    }

    [Theory]
    [InlineData("tools/list", "tools")]
    [InlineData("prompts/list", "prompts")]
    [InlineData("resources/list", "resources")]
    [InlineData("resources/templates/list", "resourceTemplates")]
    public async Task Every_list_carries_caching_hints_and_the_servers_name(string method, string member)
    {
        var result = (await server.Wire.SendAsync(method, cancellationToken: Token)).Result;

        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.NotEqual(0, result.GetProperty(member).GetArrayLength());
        Assert.True(result.GetProperty("ttlMs").GetInt64() >= 0);
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());
        Assert.Equal("actors", ServerInfo(result).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pages_follow_one_another_and_hold_every_tool_once_in_the_same_order()
    {
        var first = await AllToolsAsync(Wire.Tasks);
        var again = await AllToolsAsync(Wire.Tasks);

        Assert.Equal(first, again);
        Assert.Equal(first.Length, first.Distinct().Count());
        Assert.True(first.Length > Server.PageSize, "one page does not test paging");
    }

    [Theory]
    [InlineData("no-such-cursor")]
    [InlineData("")]
    [InlineData("bm8gc3VjaCB0b29s")]
    public async Task A_cursor_that_nobody_handed_out_is_refused(string cursor)
    {
        var reply = await server.Wire.SendAsync("tools/list", new JsonObject { ["cursor"] = cursor }, null, Token);

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("cursor", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_tools_come_last_and_those_that_tasks_replace_only_for_clients_without_tasks()
    {
        string[] besides = ["job_retry", "schedule_create", "schedule_list", "schedule_get", "schedule_pause", "schedule_resume", "schedule_delete"];
        var with = await AllToolsAsync(Wire.Tasks);
        var without = await AllToolsAsync([]);

        Assert.Equal(besides, with[^besides.Length..]);
        // The tests' own pack has a tool job_get, which is refused: it comes once, and not among the packs' tools.
        Assert.Equal([.. with[..^besides.Length], "job_wait", "job_get", "job_result", "job_respond", "job_cancel", "job_list", "job_log", "job_pin", .. besides], without);
    }

    [Fact]
    public async Task A_schema_reaches_the_client_word_for_word()
    {
        var tool = (await ToolsAsync(Wire.Tasks)).Single(tool => tool.GetProperty("name").GetString() == "json_schema_2020_12_tool");

        Assert.True(JsonElement.DeepEquals(new FixturePack.Tools.SchemaTool().ProtocolTool.InputSchema, tool.GetProperty("inputSchema")));
    }

    private async Task<string[]> AllToolsAsync(JsonObject capabilities) =>
        [.. (await ToolsAsync(capabilities)).Select(tool => tool.GetProperty("name").GetString()!)];

    private async Task<List<JsonElement>> ToolsAsync(JsonObject capabilities)
    {
        var tools = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var parameters = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor };
            var result = (await server.Wire.SendAsync("tools/list", parameters, capabilities.DeepClone().AsObject(), Token)).Result;
            var page = result.GetProperty("tools").EnumerateArray().ToArray();
            Assert.InRange(page.Length, 1, Server.PageSize);
            tools.AddRange(page);
            cursor = result.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return tools;
    }

    private static JsonElement ServerInfo(JsonElement result) =>
        result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo");
}
