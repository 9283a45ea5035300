using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;
using Actors.Storage.Leases;
using Actors.Storage.Queue;
using Actors.Storage.Schema;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Bench.Driver.Rows;

/// <summary>What a claim of ten jobs costs, transaction and all, with more and more of them in line: 20 tenants of 5 principals.</summary>
internal static class ClaimRow
{
    private const int JobsPerClaim = 10;
    private const int Claims = 25;
    private const string Tool = "hold";

    private const string Fill =
        """
        INSERT INTO actors.jobs (tenant, id, version, created_at, updated_at, epoch, write_tag, attempt, status, cancel, through_job_tools,
                                 issuer, subject, client, tool, protocol_version, params, client_capabilities, run_at)
        SELECT 't' || i % 20, gen_random_uuid(), 1, now(), now(), 0, 0, 0, 0, 0, false, 'actors', 's' || i / 20 % 5, 'bench', 'hold', '2026-07-28', '{}', '{}',
               now() - interval '1 hour' + i * interval '1 millisecond' FROM generate_series($1::integer, $2::integer) i
        """;

    public static async Task RunAsync(RowRun row)
    {
        await using var postgres = await BenchPostgres.StartAsync();
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 2 });
        await SchemaMigration.ApplyAsync(database, NullLogger.Instance);
        using var lease = new SiloLease(database, "bench", new LeaseOptions { Duration = TimeSpan.FromHours(1) }, TimeProvider.System);
        var held = lease.Acquire();
        var line = new JobLine(database, new TenantLimitTable(database, Options.Create(new QuotaOptions())));
        var filled = 0;
        foreach (var waiting in (int[])[1_000, 10_000, 100_000, .. row.Pace.Of<int[]>(full: [1_000_000], quick: [])])
        {
            await FillAsync(database, filled + 1, waiting);
            filled = waiting;
            List<double> p50 = [], p99 = [];
            for (var round = 0; round < row.Pace.Rounds; round++)
            {
                var took = await ClaimAsync(line, held);
                // Of a thousand, five rounds would take more than there are.
                await line.PutBackAsync(held.Silo, held.Epoch, []);
                p50.Add(took.PercentileMs(0.5));
                p99.Add(took.PercentileMs(0.99));
            }

            foreach (var (name, rounds) in ((string, List<double>)[])[("p50", p50), ("p99", p99)])
                row.Add(Figure.Of($"a claim of {JobsPerClaim} jobs, by the number of jobs in line", $"Actors, {name}, {waiting:N0} in line", "ms", rounds) with { IsLessBetter = true });
        }
    }

    private static async Task FillAsync(NpgsqlDataSource database, int from, int to)
    {
        await using var fill = database.CreateCommand(Fill);
        fill.CommandTimeout = 0;
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
        await fill.ExecuteNonQueryAsync();
        await using var analyze = database.CreateCommand("VACUUM ANALYZE actors.jobs");
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync();
    }

    private static async Task<Latencies> ClaimAsync(JobLine line, HeldLease lease)
    {
        var request = new ClaimRequest(
            new Dictionary<string, ToolLimits> { [Tool] = default }, TimeProvider.System.GetUtcNow(), new LineWindow(500, 200, 256));
        var took = new Latencies();
        for (var claim = 0; claim < Claims; claim++)
        {
            var began = Stopwatch.GetTimestamp();
            var claimed = await line.ClaimAsync(lease, request, view => FairShare.Decide(view, JobsPerClaim));
            took.Add(Stopwatch.GetTimestamp() - began);
            if (claimed.Jobs.Count != JobsPerClaim)
                throw new InvalidOperationException($"{claimed.Jobs.Count} jobs were claimed: the figures are void.");
        }

        return took;
    }
}
