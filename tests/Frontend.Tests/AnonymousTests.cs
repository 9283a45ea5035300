using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A server that takes callers without a key.</summary>
public sealed class AnonymousTests(Server server)
{
    private static readonly Dictionary<string, string?> Settings = new() { ["Actors:Authentication:AnonymousTenant"] = "open" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_loopback_it_serves_callers_without_a_key_but_no_wrong_keys()
    {
        await using var open = await server.StartAnotherAsync("http://127.0.0.1:0", Settings);
        using var http = new HttpClient { BaseAddress = new Uri(open.Urls.First()) };

        var task = await new Wire(http, null).CallAsync("failing_job", [], Wire.Tasks, Token);
        var wrong = await new Wire(http, "no-such-key").SendAsync("server/discover", cancellationToken: Token);

        Assert.Equal("task", task.Result.GetProperty("resultType").GetString());
        Assert.Equal(401, wrong.Status);
    }

    [Fact]
    public async Task On_any_other_address_it_refuses_to_start_and_says_why()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => server.StartAnotherAsync("http://0.0.0.0:0", Settings));

        Assert.Contains("Actors:Authentication:AnonymousTenant", refused.Message, StringComparison.Ordinal);
    }
}
