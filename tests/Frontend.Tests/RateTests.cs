using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A frontend that serves each caller only so often.</summary>
public sealed class RateTests(Server server)
{
    private const int Burst = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_over_its_rate_is_refused_with_the_limit_and_when_to_come_back_and_nobody_else_is()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Limits:RequestsPerSecond"] = "1",
            ["Actors:Limits:RequestBurst"] = $"{Burst}",
            ["Actors:Limits:MaxRateCallers"] = "1",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var wire = new Wire(http, null);

        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => wire.CallAsync("greet", new JsonObject { ["name"] = "Ann" }, null, Token)));
        var refused = replies.Where(reply => reply.Status == 429).ToList();

        Assert.InRange(refused.Count, 1, 40 - Burst);
        Assert.Equal(40 - refused.Count, replies.Count(reply => reply.Status == 200));
        Assert.All(refused, reply =>
        {
            Assert.Equal((429, "1"), (reply.Code, reply.RetryAfter));
            Assert.Contains("requests of one caller at once", reply.ErrorMessage, StringComparison.Ordinal);
            Assert.Contains("Try again in 1 s.", reply.ErrorMessage, StringComparison.Ordinal);
            Assert.Equal((Burst, 1000), (reply.Error.GetProperty("data").GetProperty("value").GetInt32(), reply.Error.GetProperty("data").GetProperty("retryAfterMs").GetInt32()));
            Assert.True(reply.Message.TryGetProperty("id", out _));
        });
        await ServedAgainAsync(wire);
        Assert.Equal(200, (int)(await http.GetAsync("/healthz", Token)).StatusCode);
    }

    private static async Task ServedAgainAsync(Wire wire)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await wire.SendAsync("server/discover", cancellationToken: deadline.Token)).Status != 200)
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
    }
}
