using System.Text.Json;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What a job that waits says of its place, and who is next.</summary>
public sealed class LineTests(Server server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _tenant = $"t{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_waiting_job_says_its_place_the_limit_that_binds_it_and_when_it_is_likely_to_start_and_is_polled_less_often()
    {
        const string Limit = "running jobs of the tool 'gated_one_at_a_time'";
        var wire = await SubjectAsync();
        var gates = Enumerable.Range(0, 5).Select(_ => Gates.NewName()).ToList();
        var jobs = new List<string>();
        foreach (var gate in gates)
            jobs.Add(await CreateAsync(wire, gate, "gated_one_at_a_time"));
        await Gates.ArrivedAsync(gates[0], Token);

        var (first, last) = (await BoundAsync(wire, jobs[1]), await BoundAsync(wire, jobs[4]));
        var task = (await server.GetTaskAsync(jobs[4], Token, wire)).Result;
        var polls = task.GetProperty("pollIntervalMs").GetInt32();

        Assert.Equal((0, 3), (Ahead(first), Ahead(last)));
        Assert.All([first, last], report => Assert.Equal(
            (Limit, 1, 1),
            (Place(report).GetProperty("limit").GetString(), Place(report).GetProperty("limit_value").GetInt32(), Place(report).GetProperty("limit_current").GetInt32())));
        Assert.StartsWith($"Next of your jobs; held back by the limit of 1 {Limit}", first.GetProperty("status_message").GetString(), StringComparison.Ordinal);
        Assert.Matches($"^3 jobs of yours are ahead; held back by the limit of 1 {Limit}; likely to start in about [0-9]+ s.$", task.GetProperty("statusMessage").GetString());
        Assert.Equal("working", task.GetProperty("status").GetString());
        // One has started so far: the rate, and with it the likely start, follows from that. Whoever has more before it starts later.
        Assert.True(LikelyStart(last) > LikelyStart(first));
        Assert.True(LikelyStart(first) > last.GetProperty("created_at").GetDateTimeOffset());
        Assert.InRange(polls, GatedTools.PollIntervalMs + 1, 30_000);

        gates.ForEach(Gates.Open);
        var done = await server.UntilAsync(jobs[4], "completed", Token, wire);
        Assert.Equal(GatedTools.PollIntervalMs, done.GetProperty("pollIntervalMs").GetInt32());
        Assert.False((await ReportAsync(wire, jobs[4])).TryGetProperty("place", out _));
    }

    [Fact]
    public async Task Of_the_jobs_of_one_principal_the_higher_priority_starts_first_and_among_equals_the_earlier()
    {
        await server.OperateAsync("limits", "--tenant", _tenant, "--max-running", "1");
        var wire = await SubjectAsync();
        var (holds, low, middle, later, high) = (Gates.NewName(), Gates.NewName(), Gates.NewName(), Gates.NewName(), Gates.NewName());
        await CreateAsync(wire, holds);
        await Gates.ArrivedAsync(holds, Token);
        var last = await CreateAsync(wire, low, priority: -100);
        await CreateAsync(wire, middle);
        await CreateAsync(wire, later);
        await CreateAsync(wire, high, priority: 100);
        Assert.Equal(3, Ahead(await ReportAsync(wire, last)));

        foreach (var (opened, next) in ((string, string)[])[(holds, high), (high, middle), (middle, later), (later, low)])
        {
            // Only one runs at once: who has arrived is who was next.
            Assert.False(Gates.HasArrived(next));
            Gates.Open(opened);
            await Gates.ArrivedAsync(next, Token);
        }

        Gates.Open(low);
        await server.UntilAsync(last, "completed", Token, wire);
    }

    private static JsonElement Place(JsonElement report) => report.GetProperty("place");

    private static int Ahead(JsonElement report) => Place(report).GetProperty("ahead").GetInt32();

    private static DateTimeOffset LikelyStart(JsonElement report) => Place(report).GetProperty("likely_start").GetDateTimeOffset();

    private async Task<Wire> SubjectAsync() => server.WireWith((await server.CreateKeyAsync(_tenant, "ann", Token)).Key);

    private static async Task<string> CreateAsync(Wire wire, string gate, string tool = "gated", int priority = 0)
    {
        var message = wire.Request("tools/call", SessionWire.Call(tool, new() { ["gate"] = gate }), Wire.Tasks);
        message.Meta["actors/priority"] = priority;
        return (await wire.SendAsync(message, Token)).TaskId;
    }

    private static async Task<JsonElement> ReportAsync(Wire wire, string job) =>
        (await wire.CallAsync("job_get", new() { ["job_id"] = job }, null, Token)).Result.GetProperty("structuredContent");

    /// <summary>How many run was counted a moment ago: before the first of them did, perhaps.</summary>
    private static async Task<JsonElement> BoundAsync(Wire wire, string job)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            var report = await ReportAsync(wire, job);
            if (Place(report).TryGetProperty("limit", out _))
                return report;
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }
}
