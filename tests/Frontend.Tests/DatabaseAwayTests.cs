using System.Text.Json.Nodes;
using Actors.Storage.Tenants;
using Actors.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The database goes away under a running server: what needs it says "try again", and says why.</summary>
public sealed class DatabaseAwayTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Actors:Retries:Patience"] = "00:00:00.500",
        ["Actors:Storage:ApiKeys:CacheFor"] = "00:05:00",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_known_key_goes_on_and_what_needs_the_database_is_told_to_try_again()
    {
        var postgres = new PostgresServer();
        await postgres.InitializeAsync();
        await using var app = await Server.StartAsync("http://127.0.0.1:0", await postgres.CreateDatabaseAsync(cancellationToken: Token), Settings);
        var (known, unseen) = await IssueAsync(app);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var wire = new Wire(http, known);
        Assert.Equal(200, (await wire.SendAsync("tools/list", cancellationToken: Token)).Status);

        await postgres.DisposeAsync();

        Assert.Equal(200, (await wire.SendAsync("tools/list", cancellationToken: Token)).Status);
        AssertTryAgain(await new Wire(http, unseen).SendAsync("tools/list", cancellationToken: Token), "The database is not available");
        AssertTryAgain(await wire.CallAsync("job_list", [], null, Token), "The database is not available");
        var creation = await wire.CallAsync("slow_compute", new JsonObject { ["seconds"] = 0 }, Wire.Tasks, Token);
        AssertTryAgain(creation, "may have become the job");
        Assert.Contains(creation.Error.GetProperty("data").GetProperty("jobId").GetString()!, creation.ErrorMessage, StringComparison.Ordinal);
        AssertTryAgain(
            await wire.SendAsync("tasks/get", new JsonObject { ["taskId"] = Jobs.JobKey.NewId() }, Wire.Tasks, Token), "Try again");
        using var ready = await http.GetAsync("/readyz", Token);
        Assert.Equal((503, "the database does not answer"), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync(Token)));
    }

    private static async Task<(string Known, string Unseen)> IssueAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<TenantDirectory>().CreateAsync("acme", Token);
        var keys = app.Services.GetRequiredService<ApiKeys>();
        return ((await keys.IssueAsync("acme", "ada", cancellationToken: Token)).Plaintext, (await keys.IssueAsync("acme", "bob", cancellationToken: Token)).Plaintext);
    }

    private static void AssertTryAgain(Reply reply, string because)
    {
        Assert.Equal((503, 503), (reply.Status, reply.Code));
        Assert.Equal("1", reply.RetryAfter);
        Assert.Equal(1000, reply.Error.GetProperty("data").GetProperty("retryAfterMs").GetInt32());
        Assert.Contains(because, reply.ErrorMessage, StringComparison.Ordinal);
    }
}
