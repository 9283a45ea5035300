using System.Text.Json.Nodes;
using Actors.Storage.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A frontend that serves each caller only so often.</summary>
public sealed class RateTests(Server server)
{
    private const int Burst = 5;
    private const int PerSecond = 4;

    /// <summary>After that a caller may send as many at once again as at first.</summary>
    private static readonly TimeSpan WholeBurst = TimeSpan.FromSeconds(1.0 * Burst / PerSecond);

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

    [Fact]
    public async Task Callers_past_the_number_kept_apart_share_one_rate_and_one_that_asks_no_more_makes_room()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Limits:RequestsPerSecond"] = $"{PerSecond}",
            ["Actors:Limits:RequestBurst"] = $"{Burst}",
            ["Actors:Limits:MaxRateCallers"] = "1",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var (kept, one, other) = (await CallerAsync(another, http, "kept"), await CallerAsync(another, http, "one"), await CallerAsync(another, http, "other"));

        // For as long as it uses up its own rate, its place is its own; so the two others share theirs with whoever comes.
        await UntilAsync(async () =>
        {
            var newcomer = await CallerAsync(another, http, $"s{Guid.NewGuid():N}");
            await UseUpAsync(kept);
            await UseUpAsync(one);
            await UseUpAsync(other);
            // A caller that never asked before is refused only where it has no rate of its own.
            return await IsRefusedAsync(newcomer);
        });

        // It asks less often than it may: it is refused only once its place is somebody else's.
        await UntilAsync(async () =>
        {
            await Task.Delay(WholeBurst, Token);
            await UseUpAsync(one);
            await UseUpAsync(other);
            return await IsRefusedAsync(kept);
        });
    }

    private static async Task<Wire> CallerAsync(WebApplication app, HttpClient http, string subject)
    {
        await app.Services.GetRequiredService<TenantDirectory>().CreateAsync("acme", Token);
        return new Wire(http, (await app.Services.GetRequiredService<ApiKeys>().IssueAsync("acme", subject, cancellationToken: Token)).Plaintext);
    }

    private static async Task<bool> IsRefusedAsync(Wire wire) => (await wire.SendAsync("server/discover", cancellationToken: Token)).Status == 429;

    private static Task UseUpAsync(Wire wire) =>
        UntilAsync(async () => (await Task.WhenAll(Enumerable.Range(0, 2 * Burst).Select(_ => IsRefusedAsync(wire)))).Contains(true));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await holds())
            deadline.Token.ThrowIfCancellationRequested();
    }

    private static async Task ServedAgainAsync(Wire wire)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await wire.SendAsync("server/discover", cancellationToken: deadline.Token)).Status != 200)
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
    }
}
