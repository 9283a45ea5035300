using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What follows an end is stored with it, and may be taken up before the job itself knows.</summary>
public sealed class EarlyFollowUpTests(Server server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_waits_until_the_job_knows_its_end_and_has_its_result()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Webhooks:AllowHttp"] = "true",
            ["Actors:Webhooks:AllowPrivateAddresses"] = "true",
            ["Actors:FollowUps:RetryAfter"] = "00:00:00.100",
        };
        await using var app = await server.StartAnotherAsync("http://127.0.0.1:0", settings, HeldStorage.Add);
        await using var receiver = await WebhookReceiver.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var wire = new Wire(http, null);
        var gate = Gates.NewName();
        var message = wire.Request("tools/call", SessionWire.Call(HeldStorage.Tool, new() { ["gate"] = gate }), Wire.Tasks);
        message.Meta["actors/webhook"] = new JsonObject { ["url"] = receiver.Url };
        message.Meta["actors/then"] = new JsonObject
        {
            ["tool"] = "slow_compute", ["arguments"] = new JsonObject { ["seconds"] = 0, ["label"] = "{{status}}: {{result.text}}" },
        };
        var job = (await wire.SendAsync(message, Token)).TaskId;

        Gates.Open(gate);
        // Both were taken up, and put off or done with.
        await using var database = NpgsqlDataSource.Create(app.Configuration["Actors:Storage:ConnectionString"]!);
        await UntilAsync(async () => await CountAsync(database, "SELECT count(*) FROM actors.jobs WHERE status >= 3") > 0
            && await CountAsync(database, "SELECT count(*) FROM actors.follow_ups WHERE tries < 2") == 0);
        Assert.Equal(2, await CountAsync(database, "SELECT count(*) FROM actors.follow_ups"));
        Assert.Equal(0, receiver.Count);
        app.Services.GetRequiredService<HeldStorage>().Release();

        var told = (await receiver.NextAsync(Token)).Json;
        Assert.Equal(("job.completed", $"Passed {gate}."), (told.GetProperty("type").GetString(), told.GetProperty("data").GetProperty("result_preview").GetString()));
        string? next = null;
        await UntilAsync(async () => (next = await CalledAsync(wire, job)) is not null);
        await server.UntilAsync(next!, "completed", Token, wire);
        Assert.Equal($"Computed completed: Passed {gate}..", (await wire.CallAsync("job_result", new() { ["job_id"] = next }, null, Token)).ToolText);
    }

    private static async Task<string?> CalledAsync(Wire wire, string job)
    {
        var log = await wire.CallAsync("job_log", new() { ["job_id"] = job }, null, Token);
        return log.Result.GetProperty("structuredContent").GetProperty("entries").EnumerateArray()
            .Where(entry => entry.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("follow_up", out var kind) && kind.GetString() == "call")
            .Select(entry => entry.GetProperty("data").GetProperty("job_id").GetString())
            .FirstOrDefault();
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
    }
}
