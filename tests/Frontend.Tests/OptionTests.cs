using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A server whose operator has set everything that can be set.</summary>
public sealed class OptionTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_set_is_what_holds()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Mcp:Path"] = "/elsewhere",
            ["Actors:Mcp:ServerName"] = "renamed",
            ["Actors:Mcp:ServerTitle"] = "Renamed",
            ["Actors:Mcp:ServerVersion"] = "9.9.9",
            ["Actors:Mcp:ListTtl"] = "00:00:07",
            ["Actors:Mcp:SyncWindow"] = "00:00:20",
            ["Actors:Mcp:CatalogueWait"] = "00:00:30",
            ["Actors:Limits:MaxBodyBytes"] = "1500",
            ["Actors:Limits:MaxArgumentsBytes"] = "100",
            ["Actors:Limits:MaxJsonDepth"] = "10",
            ["Actors:Limits:MaxOpenSubscriptions"] = "1",
            ["Actors:Limits:MaxSubscriptionEntries"] = "1",
            ["Actors:Limits:MaxQueuedEvents"] = "2",
            ["Actors:Limits:MaxRequestStateBytes"] = "256",
            ["Actors:Limits:ResultPreviewChars"] = "4",
            ["Actors:Limits:MaxStartDelay"] = "00:01:00",
            ["Actors:Origins:AllowedHosts:0"] = "actors.example.com",
            ["Actors:Origins:AllowedOrigins:0"] = "https://app.example.com/",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var wire = new Wire(http, null, "/elsewhere");

        await AssertIdentityAsync(wire);
        await AssertOriginsAsync(wire);
        await AssertLimitsAsync(wire);
        await AssertPreviewAsync(wire);
        await AssertStartDelayAsync(wire);
        await AssertOpenSubscriptionsAsync(wire);
    }

    [Theory]
    [InlineData("Actors:Mcp:Path", "no-slash")]
    [InlineData("Actors:Limits:PageSize", "0")]
    [InlineData("Actors:Authentication:AnonymousTenant", "")]
    [InlineData("Actors:Authentication:AnonymousTenant", "Open/House")]
    public async Task What_makes_no_sense_keeps_the_server_from_starting(string option, string value)
    {
        var refused = await Assert.ThrowsAnyAsync<OptionsValidationException>(
            () => server.StartAnotherAsync("http://127.0.0.1:0", new() { [option] = value }));

        Assert.Contains(option.Split(':')[^1], refused.Message, StringComparison.Ordinal);
    }

    private static async Task AssertIdentityAsync(Wire wire)
    {
        var result = (await SendAsync(wire, wire.Request("tools/list"))).Result;
        var info = result.GetProperty("_meta").GetProperty("io.modelcontextprotocol/serverInfo");
        Assert.Equal("{\"name\":\"renamed\",\"title\":\"Renamed\",\"version\":\"9.9.9\"}", info.GetRawText());
        Assert.Equal(7000, result.GetProperty("ttlMs").GetInt64());
    }

    private static async Task AssertOriginsAsync(Wire wire)
    {
        var page = wire.Request("server/discover");
        page.Headers["Origin"] = "https://app.example.com";
        Assert.Equal(200, (await SendAsync(wire, page)).Status);
        page.Headers["Origin"] = "http://localhost";
        Assert.Equal(403, (await SendAsync(wire, page)).Status);
        var byName = wire.Request("server/discover");
        Assert.Equal((int)HttpStatusCode.Forbidden, (await wire.SendAsync(byName, Token)).Status);
    }

    private static async Task AssertLimitsAsync(Wire wire)
    {
        var large = wire.Request("server/discover");
        large.Raw = Encoding.UTF8.GetBytes(large.Body.ToJsonString().PadRight(1501));
        Assert.Equal(413, (await SendAsync(wire, large)).Status);
        var arguments = wire.Request("tools/call", new JsonObject
        {
            ["name"] = "greet",
            ["arguments"] = new JsonObject { ["name"] = new string('x', 100) },
        });
        Assert.Equal(-32602, (await SendAsync(wire, arguments)).Code);
        var deep = wire.Request("server/discover");
        deep.Params["deep"] = JsonNode.Parse("[[[[[[[[[[]]]]]]]]]]");
        var tooDeep = await SendAsync(wire, deep);
        Assert.Equal(-32700, tooDeep.Code);
        Assert.Contains("MaxJsonDepth", tooDeep.ErrorMessage, StringComparison.Ordinal);
        var states = wire.Request(
            "tools/call",
            new JsonObject { ["name"] = "test_elicitation_sep1330_enums" },
            Wire.Elicitation);
        Assert.Contains("MaxRequestStateBytes", (await SendAsync(wire, states)).ErrorMessage, StringComparison.Ordinal);
    }

    private static async Task AssertStartDelayAsync(Wire wire)
    {
        var message = wire.Request("tools/call", new() { ["name"] = "slow_compute", ["arguments"] = new JsonObject { ["seconds"] = 0 } });
        message.Headers["Host"] = "actors.example.com";
        message.Meta["actors/delayMs"] = 60_001;
        Assert.Contains("from 0 to 60000", (await wire.SendAsync(message, Token)).ErrorMessage, StringComparison.Ordinal);
    }

    private static async Task AssertPreviewAsync(Wire wire)
    {
        var created = await SendAsync(wire, wire.Request(
            "tools/call", new JsonObject { ["name"] = "slow_compute", ["arguments"] = new JsonObject { ["seconds"] = 0 } }, Wire.Tasks));
        var waited = await SendAsync(wire, wire.Request(
            "tools/call", new JsonObject { ["name"] = "job_wait", ["arguments"] = new JsonObject { ["job_id"] = created.TaskId } }));
        var preview = waited.Result.GetProperty("structuredContent").GetProperty("result_preview").GetString();
        Assert.StartsWith("Comp…", preview, StringComparison.Ordinal);
    }

    private static async Task AssertOpenSubscriptionsAsync(Wire wire)
    {
        var filter = new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true } };
        var message = wire.Request("subscriptions/listen", filter);
        message.Headers["Host"] = "actors.example.com";
        await using var first = await wire.StreamAsync(message, Token);
        Assert.Equal(JsonValueKind.Object, (await first.NextAsync(Token))!.Value.ValueKind);

        var second = await SendAsync(wire, message);

        Assert.Equal(503, second.Status);
    }

    private static Task<Reply> SendAsync(Wire wire, Message message)
    {
        message.Headers["Host"] = "actors.example.com:1234";
        return wire.SendAsync(message, Token);
    }
}
