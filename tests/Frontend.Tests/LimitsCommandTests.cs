using System.Text.Json;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What an operator lets a tenant have, with the command <c>limits</c>. Each test has a tenant of its own.</summary>
public sealed class LimitsCommandTests(Server server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limits_are_set_shown_and_given_up_again()
    {
        var set = await LimitsAsync("--weight", "250", "--max-running", "7", "--max-running-per-principal", "0", "--max-stored-bytes", "9000000000");
        var shown = await LimitsAsync();
        var given = await LimitsAsync("--max-running", "default", "--weight", "default");

        Assert.Equal((0, 0, 0), (set.Code, shown.Code, given.Code));
        Assert.Equal(set.Said, shown.Said);
        Assert.Equal(
            (_tenant, "250", "7", "0", "9000000000"),
            (Of(shown, "tenant"), Of(shown, "weight"), Of(shown, "max-running"), Of(shown, "max-running-per-principal"), Of(shown, "max-stored-bytes")));
        // What was not set is as the options have it.
        Assert.Equal(("1000000", "100000"), (Of(shown, "max-waiting"), Of(shown, "max-waiting-per-principal")));
        Assert.Equal(("100", "no limit", "0"), (Of(given, "weight"), Of(given, "max-running"), Of(given, "max-running-per-principal")));
    }

    [Theory]
    [InlineData("--max-running", "-1", "--max-running takes a number from 0 to 2147483647, or 'default'.")]
    [InlineData("--max-running", "many", "--max-running takes a number")]
    [InlineData("--weight", "0", "--weight takes a number from 1 to 10000")]
    [InlineData("--tenant", "Not A Name", "usage: Actors.Frontend limits --tenant TENANT [--weight N|default]")]
    public async Task A_mistake_is_told_and_changes_nothing(string option, string value, string said)
    {
        var refused = await LimitsAsync("--max-waiting", "5", option, value);

        Assert.Equal(1, refused.Code);
        Assert.Contains(said, refused.Said, StringComparison.Ordinal);
        await using var command = server.Database.CreateCommand($"SELECT count(*) FROM actors.tenants WHERE name = '{_tenant}'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task A_limit_on_running_jobs_binds_says_so_and_lets_go_when_it_is_given_up()
    {
        await LimitsAsync("--max-running-per-principal", "1");
        var (ann, bob) = (await SubjectAsync("ann"), await SubjectAsync("bob"));
        var (first, second, others) = (Gates.NewName(), Gates.NewName(), Gates.NewName());
        await CreateAsync(ann, first);
        await Gates.ArrivedAsync(first, Token);
        var waiting = await CreateAsync(ann, second);
        await CreateAsync(bob, others);
        // It is each principal's own.
        await Gates.ArrivedAsync(others, Token);

        var place = await UntilAsync(ann, waiting, place => place.TryGetProperty("limit", out _));
        Assert.Equal(
            ("running jobs of yours", 1, 1),
            (place.GetProperty("limit").GetString(), place.GetProperty("limit_value").GetInt32(), place.GetProperty("limit_current").GetInt32()));
        Assert.False(Gates.HasArrived(second));

        await LimitsAsync("--max-running-per-principal", "default");

        await Gates.ArrivedAsync(second, Token);
        foreach (var gate in (string[])[first, second, others])
            Gates.Open(gate);
        await server.UntilAsync(waiting, "completed", Token, ann);
    }

    [Fact]
    public async Task A_quota_is_refused_with_its_name_and_numbers()
    {
        await LimitsAsync("--max-waiting", "1");
        var (ann, bob) = (await SubjectAsync("ann"), await SubjectAsync("bob"));
        Assert.NotEmpty((await LaterAsync(ann)).TaskId);

        // The tenant's, not the principal's: somebody else of it is refused.
        var full = await LaterAsync(bob);
        await LimitsAsync("--max-waiting", "default", "--max-stored-bytes", "10");
        var stored = await UntilRefusedAsync(bob, "bytes stored for the tenant");

        Assert.Equal(("waiting jobs of the tenant", 1, 1), Numbers(full));
        Assert.Contains("The limit of waiting jobs of the tenant is reached: 1 of 1. Try again in ", full.ToolText, StringComparison.Ordinal);
        Assert.Equal(10, Numbers(stored).Value);
        Assert.InRange(Numbers(stored).Current, 10, int.MaxValue);
        Assert.NotEmpty(stored.RetryAfter);
    }

    private Task<Reply> LaterAsync(Wire wire) =>
        wire.SendAsync(wire.Request("tools/call", CallOptionTests.LegacyCall("counted", _tenant, ("actors/delayMs", "3600000")), Wire.Tasks), Token);

    private static (string? Limit, int Value, int Current) Numbers(Reply reply)
    {
        Assert.True(reply.IsToolError, reply.Text);
        var limit = reply.Result.GetProperty("structuredContent");
        return (limit.GetProperty("limit").GetString(), limit.GetProperty("value").GetInt32(), limit.GetProperty("current").GetInt32());
    }

    private static string Of((int Code, string Said) shown, string name) =>
        shown.Said.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Trim();

    private Task<(int Code, string Said)> LimitsAsync(params string[] more) => server.OperateAsync(["limits", "--tenant", _tenant, .. more]);

    private async Task<Wire> SubjectAsync(string subject) => server.WireWith((await server.CreateKeyAsync(_tenant, subject, Token)).Key);

    private Task<string> CreateAsync(Wire wire, string gate) => server.CreateTaskAsync("gated", new() { ["gate"] = gate }, Token, wire: wire);

    /// <summary>A place is as it was a moment ago, and a limit that was set is known everywhere after a moment.</summary>
    private static async Task<JsonElement> UntilAsync(Wire wire, string job, Func<JsonElement, bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            var report = (await wire.CallAsync("job_get", new() { ["job_id"] = job }, null, deadline.Token)).Result.GetProperty("structuredContent");
            if (report.TryGetProperty("place", out var place) && wanted(place))
                return place;
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }

    private async Task<Reply> UntilRefusedAsync(Wire wire, string limit)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            var reply = await LaterAsync(wire);
            if (reply.IsToolError && Numbers(reply).Limit == limit)
                return reply;
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }
}
