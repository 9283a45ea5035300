using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Who gets in.</summary>
public sealed class AuthenticationTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, false)]
    [InlineData("Basic abc", false)]
    [InlineData("Bearer ", true)]
    [InlineData("Bearer no-such-key", true)]
    public async Task Without_a_good_key_the_answer_is_401_with_a_challenge(string? authorization, bool givesKey)
    {
        var message = server.Wire.Request("server/discover");
        message.Headers["Authorization"] = authorization;

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(401, reply.Status);
        Assert.StartsWith("Bearer", reply.Challenge, StringComparison.Ordinal);
        Assert.Equal(givesKey, reply.Challenge.Contains("error=\"invalid_token\"", StringComparison.Ordinal));
        Assert.Equal("2.0", reply.Message.GetProperty("jsonrpc").GetString());
        Assert.False(reply.Message.TryGetProperty("id", out _));
        Assert.NotEqual("", reply.ErrorMessage);
    }

    [Fact]
    public async Task A_key_that_was_revoked_opens_nothing_any_more()
    {
        var (key, id) = await server.CreateKeyAsync("acme", "temporary", Token);
        var wire = server.WireWith(key);
        Assert.Equal(200, (await wire.SendAsync("server/discover", cancellationToken: Token)).Status);

        await server.RevokeKeyAsync("acme", id, Token);

        Assert.Equal(401, (await wire.SendAsync("server/discover", cancellationToken: Token)).Status);
    }

    [Fact]
    public async Task The_key_is_looked_at_before_the_body()
    {
        var message = server.Wire.Request("server/discover");
        message.Headers["Authorization"] = null;
        message.Raw = "{"u8.ToArray();

        Assert.Equal(401, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Fact]
    public async Task Every_method_looks_for_the_job_in_the_callers_own_tenant()
    {
        // An argument that claims another tenant changes nothing: the tenant comes from the key.
        var foreign = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);
        foreach (var id in new[] { foreign, "acme/" + foreign, "../acme/" + foreign })
        {
            var parameters = new JsonObject { ["taskId"] = id, ["tenant"] = "acme" };
            Assert.Equal(-32602, (await server.OtherTenant.SendAsync("tasks/get", parameters, Wire.Tasks, Token)).Code);
        }
        await server.CancelTaskAsync(foreign, Token);
    }
}
