using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Driver.Clients;
using Actors.Chaos.Driver.Wire;
using Npgsql;

namespace Actors.Chaos.Driver;

/// <summary>
/// The schedules of a run: one of each catch-up rule for each tenant, due every minute, and behind by some minutes from the start, as after a
/// downtime. One more, in long runs, is too slow for its interval.
/// </summary>
internal sealed class RecurringWork(IReadOnlyList<Endpoint> frontends, RecordWriter record, RunClock clock, string connectionString) : IDisposable
{
    private const int BehindMinutes = 30;
    private const int SlowSteps = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CreateDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Rules = ["one", "skip", "all"];

    private readonly List<(McpWire Wire, ScheduleRecord Schedule)> _schedules = [];
    private readonly List<McpWire> _wires = [];

    /// <param name="callers">Whose they are; the first of each tenant has them.</param>
    /// <param name="hasTimeForSlow">Whether the run is long enough for one that takes more than a minute.</param>
    /// <param name="nextToken">Counts the tokens of the run.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task CreateAsync(IReadOnlyList<Caller> callers, bool hasTimeForSlow, Func<long> nextToken, CancellationToken cancellationToken)
    {
        foreach (var caller in callers.DistinctBy(caller => caller.Name.Split('/')[0]))
        {
            var wire = new McpWire("schedules", caller.Name, caller.Key, record, clock);
            _wires.Add(wire);
            foreach (var rule in Rules)
                await CreateAsync(wire, caller, $"every-minute-{rule}", rule, steps: 2, TokenText.Create(caller.Name, nextToken()), cancellationToken);
            if (hasTimeForSlow)
                await CreateAsync(wire, caller, "slow", "one", SlowSteps, TokenText.Create(caller.Name, nextToken()), cancellationToken);
        }
    }

    /// <summary>Waits until everything that was due so far has ended; the last look at each is what the checker goes by.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var since = clock.NowMs;
        foreach (var (wire, schedule) in _schedules)
        {
            while (!await IsSettledAsync(wire, schedule, cancellationToken) && clock.NowMs - since < SettleDeadline.TotalMilliseconds)
                await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }
    }

    public void Dispose() => _wires.ForEach(wire => wire.Dispose());

    private async Task CreateAsync(McpWire wire, Caller caller, string name, string rule, int steps, string token, CancellationToken cancellationToken)
    {
        var request = Request.OfSchedule("schedule_create", token, new()
        {
            ["name"] = name,
            ["tool"] = "chaos_steps",
            ["arguments"] = new JsonObject { ["token"] = token, ["steps"] = steps, ["delayMs"] = steps > 2 ? 1500 : 150 },
            ["cron"] = "* * * * *",
            ["catch_up"] = rule,
        });
        var since = clock.NowMs;
        while (ReportOf(await wire.SendAsync(request, frontends[0], Patience, cancellationToken)) is null)
        {
            if (clock.NowMs - since > CreateDeadline.TotalMilliseconds)
                throw new TimeoutException($"The schedule {name} of {caller.Name} could not be created.");
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
        }

        var (first, created) = await PutBackAsync(caller, name, cancellationToken);
        var schedule = new ScheduleRecord { Caller = caller.Name, Name = name, Token = token, CatchUp = rule, FirstDueMs = first, CreatedMs = created };
        record.Add(schedule);
        _schedules.Add((wire, schedule));
    }

    /// <summary>Moves its due time back, if nothing has come of it yet.</summary>
    private async Task<(double FirstMs, double NowMs)> PutBackAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = database.CreateCommand(
            """
            UPDATE actors.schedules SET due_at = due_at - make_interval(mins => $4), look_at = now()
            WHERE tenant = $1 AND subject = $2 AND name = $3 AND starting IS NULL AND last_job IS NULL
            RETURNING (extract(epoch FROM due_at) * 1000)::float8, (extract(epoch FROM clock_timestamp()) * 1000)::float8
            """);
        foreach (object value in (object[])[caller.Name.Split('/')[0], caller.Name.Split('/')[1], name, BehindMinutes])
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? (row.GetDouble(0), row.GetDouble(1))
            : throw new InvalidOperationException($"The schedule {name} of {caller.Name} ran before the run began; start it again.");
    }

    private async Task<bool> IsSettledAsync(McpWire wire, ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        var request = Request.OfSchedule("schedule_get", schedule.Token, new() { ["name"] = schedule.Name, ["runs"] = 100 });
        var endpoint = frontends[Random.Shared.Next(frontends.Count)];
        return ReportOf(await wire.SendAsync(request, endpoint, Patience, cancellationToken)) is { } report
            && report.GetProperty("next_at").GetDateTimeOffset() > TimeProvider.System.GetUtcNow()
            && report.GetProperty("runs").EnumerateArray().All(static run => !run.TryGetProperty("job_status", out var status) || status.GetString() is "completed" or "failed" or "cancelled");
    }

    private static JsonElement? ReportOf(CallRecord call) =>
        call.Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("result", out var result) && result.TryGetProperty("structuredContent", out var report)
        && !(result.TryGetProperty("isError", out var isError) && isError.GetBoolean())
            ? report
            : null;
}
