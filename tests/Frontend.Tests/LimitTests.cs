using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Frontend.Limits;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>At each limit, and one past it.</summary>
public sealed class LimitTests(Server server)
{
    private static readonly FrontendLimits Limits = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    public async Task A_body_may_reach_its_limit(int past, int status)
    {
        var message = server.Wire.Request("server/discover");
        var body = Encoding.UTF8.GetBytes(message.Body.ToJsonString());
        message.Raw = [.. body, .. Enumerable.Repeat((byte)' ', Limits.MaxBodyBytes - body.Length + past)];

        Assert.Equal(status, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Fact]
    public async Task A_body_without_a_length_is_refused_past_the_limit_and_the_connection_stays_in_use()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Token);
        await using var stream = client.GetStream();
        var chunk = $"{Limits.MaxBodyBytes / 2:x}\r\n{new string(' ', Limits.MaxBodyBytes / 2)}\r\n";
        var large = $"POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {server.Key}\r\n"
            + $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}{chunk}0\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(large + "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Token);

        var answers = await new StreamReader(stream).ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 413", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200", answers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Arguments_may_reach_their_limit(int past, bool served)
    {
        var frame = "{\"name\":\"\"}".Length;
        var name = new string('x', Limits.MaxArgumentsBytes - frame + past);

        var reply = await server.Wire.CallAsync("greet", new JsonObject { ["name"] = name }, null, Token);

        if (served)
            Assert.Equal($"Hello, {name}!", reply.ToolText);
        else
            Assert.Equal(-32602, reply.Code);
    }

    [Theory]
    [InlineData(0, 404)]
    [InlineData(1, 400)]
    public async Task Nesting_may_reach_its_limit(int past, int status)
    {
        var depth = Limits.MaxJsonDepth - 2 + past;
        var message = server.Wire.Request("no/such/method");
        message.Params["deep"] = JsonNode.Parse(string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth)));

        Assert.Equal(status, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_subscription_may_reach_its_limit_of_entries(int past, bool refused)
    {
        var uris = new JsonArray([.. Enumerable.Range(0, Limits.MaxSubscriptionEntries + past).Select(i => JsonValue.Create($"test://{i}"))]);
        await using var events = await server.Wire.ListenAsync(new JsonObject { ["resourceSubscriptions"] = uris }, null, Token);

        var isJson = events.Response.Content.Headers.ContentType!.MediaType == "application/json";

        Assert.Equal(refused, isJson);
    }
}
