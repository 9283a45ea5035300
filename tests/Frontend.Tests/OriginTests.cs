using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Requests that a web page was tricked into sending.</summary>
public sealed class OriginTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host", "evil.example.com")]
    [InlineData("Host", "localhost.evil.example.com")]
    [InlineData("Origin", "http://evil.example.com")]
    [InlineData("Origin", "http://localhost.evil.example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "file://localhost")]
    public async Task A_foreign_host_or_origin_is_refused_with_403(string header, string value)
    {
        var message = server.Wire.Request("server/discover");
        message.Headers[header] = value;

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(403, reply.Status);
        Assert.Contains(header, reply.ErrorMessage, StringComparison.Ordinal);
        Assert.False(reply.Message.TryGetProperty("id", out _));
    }

    [Theory]
    [InlineData("Host", "localhost:1234")]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("Host", "[::1]:8080")]
    [InlineData("Origin", "http://localhost:5173")]
    [InlineData("Origin", "http://127.0.0.1")]
    public async Task Loopback_names_with_any_port_are_accepted(string header, string value)
    {
        var message = server.Wire.Request("server/discover");
        message.Headers[header] = value;

        Assert.Equal(200, (await server.Wire.SendAsync(message, Token)).Status);
    }
}
