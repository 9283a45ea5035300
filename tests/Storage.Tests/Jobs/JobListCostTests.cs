using System.Text.Json;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Testing;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Jobs;

/// <summary>
/// A page of a list reads no more where its owner has many jobs that have completed, and few or none are asked for. Buffers are counted, not time.
/// </summary>
public sealed class JobListCostTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int Jobs = 20_000;

    /// <summary>To read all of the jobs takes several times as many.</summary>
    private const int MostBuffers = 130;

    private const int MaxSearched = 300;

    private const int Rows = 21;

    private const string Analyze = "ANALYZE actors.jobs; ANALYZE actors.job_labels";

    private static readonly (string Name, JobFilter Filter)[] Lists =
    [
        ("all", JobFilter.All),
        ("queued", new JobFilter { Status = JobStatus.Queued }),
        ("running", new JobFilter { Status = JobStatus.Running }),
        ("input_required", new JobFilter { Status = JobStatus.InputRequired }),
        ("completed", new JobFilter { Status = JobStatus.Completed }),
        ("failed", new JobFilter { Status = JobStatus.Failed }),
        ("cancelled", new JobFilter { Status = JobStatus.Cancelled }),
        ("a label that all have", new JobFilter { Label = new JobLabel("project", null) }),
        ("its value", new JobFilter { Label = new JobLabel("project", "apollo") }),
        ("a label that none has", new JobFilter { Label = new JobLabel("urgent", null) }),
        ("a value that none has", new JobFilter { Label = new JobLabel("project", "gemini") }),
        ("failed, with a value that none has", new JobFilter { Status = JobStatus.Failed, Label = new JobLabel("project", "gemini") }),
        ("failed, of another tool", new JobFilter { Status = JobStatus.Failed, Tool = "greet" }),
        ("another tool", new JobFilter { Tool = "greet" }),
        ("the last ones", new JobFilter { CreatedBefore = StorageHarness.Time(10) }),
    ];

    private readonly Dictionary<string, string> _prepared = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_reads_few_buffers_whatever_the_planner_knows()
    {
        await using var connection = await postgres.DataSource.OpenConnectionAsync(Cancellation);
        var dear = new List<string>();
        await FindDearAsync("before there are jobs", rows: 0);
        await FindDearAsync("with plans of an empty table", rows: 50);
        await RunAsync(connection, Analyze);
        await FindDearAsync("with a few jobs", rows: 0);
        await FindDearAsync("with plans for a few jobs", Jobs);
        await RunAsync(connection, Analyze);
        await FindDearAsync("with many jobs", rows: 0);
        Assert.True(dear.Count == 0, string.Join("\n", dear));

        async Task FindDearAsync(string when, int rows)
        {
            await RunAsync(connection, Fill(rows));
            foreach (var plans in (string[])["force_generic_plan", "force_custom_plan"])
            {
                await RunAsync(connection, $"SET plan_cache_mode = {plans}");
                foreach (var (name, filter) in Lists)
                {
                    foreach (var (page, buffers) in await BuffersAsync(connection, filter))
                    {
                        if (buffers > MostBuffers) dear.Add($"{name}, {page}, {when}, {plans}: {buffers}");
                    }
                }
            }
        }
    }

    private async Task<List<(string Page, long Buffers)>> BuffersAsync(NpgsqlConnection connection, JobFilter filter)
    {
        var pages = new List<(string, long)>();
        foreach (var after in new JobCursor?[] { null, new JobCursor(StorageHarness.Time(Jobs / 2).UtcDateTime, Guid.Empty) })
        {
            foreach (var walk in JobListWalk.Of(filter, MaxSearched))
            {
                await using var transaction = await connection.BeginTransactionAsync(Cancellation);
                var commands = JobListStatement.Create(StorageHarness.NewRow().Owner, filter, after, Rows, walk);
                foreach (var settings in commands[..^1]) await RunAsync(connection, settings.CommandText);
                pages.Add(($"{walk.Source}{(after is null ? "" : ", a late page")}", await BuffersAsync(connection, commands[^1])));
            }
        }

        return pages;
    }

    /// <summary>Of the very statement, prepared once: a generic plan is the one that was made when there were no jobs.</summary>
    private async Task<long> BuffersAsync(NpgsqlConnection connection, NpgsqlBatchCommand command)
    {
        var values = command.Parameters.Select(parameter => parameter.Value switch
        {
            DateTime time => $"'{time:O}'",
            { } value => $"'{value}'",
            null => "NULL",
        });
        var types = string.Join(", ", command.Parameters.Select(parameter => parameter.DataTypeName));
        if (!_prepared.TryGetValue(command.CommandText, out var name))
        {
            _prepared.Add(command.CommandText, name = $"list_{_prepared.Count}");
            await RunAsync(connection, $"PREPARE {name} ({types}) AS {command.CommandText}");
        }

        await using var explain = new NpgsqlCommand($"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE {name} ({string.Join(", ", values)})", connection);
        using var answer = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(Cancellation))!);
        var plan = answer.RootElement[0].GetProperty("Plan");
        return plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64();
    }

    private static string Fill(int rows) =>
        $$"""
        INSERT INTO actors.jobs (tenant, id, version, created_at, updated_at, ended_at, epoch, write_tag, attempt, status, cancel, through_job_tools,
                                 silo, issuer, subject, client, tool, labels, protocol_version, params, client_capabilities)
        SELECT 'acme', gen_random_uuid(), 1, at, at, CASE WHEN status >= 3 THEN at END, 0, 0, 1, status, 0, false,
               CASE WHEN status = 1 THEN 'silo' END, 'actors', 'ann', 'key-1', 'index_docs', '{"project":"apollo"}', '2026-07-28', '{}', '{}'
        FROM generate_series(1, {{rows}}) n, LATERAL (SELECT timestamptz '2026-01-02T03:04:05Z' + n * interval '1 second' AS at) times,
             LATERAL (SELECT CASE WHEN n % 4000 < 6 THEN n % 4000 ELSE 3 END AS status) states
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
