using System.Diagnostics;
using System.Globalization;
using Actors.Bench.Driver.Processes;
using Npgsql;

namespace Actors.Bench.Driver.Load;

/// <summary>The same rows with pgbench: one statement and one commit for each, and as many connections as there are callers.</summary>
internal sealed class SingleInserts : IAsyncDisposable
{
    private const string Table = "bench_single";

    private readonly NpgsqlConnectionStringBuilder _postgres;
    private readonly string _script;
    private readonly int _connections;

    private SingleInserts(NpgsqlConnectionStringBuilder postgres, string script, int connections) => (_postgres, _script, _connections) = (postgres, script, connections);

    /// <summary>The process that pgbench runs in is new for each round, and a child of the driver.</summary>
    public static ProcessGroup Group { get; } = ProcessGroup.Children("pgbench");

    public static async Task<SingleInserts> OfAsync(BenchPostgres postgres, SampleRow row, int connections)
    {
        await BenchPostgres.ExecuteAsync(postgres.ConnectionString, $"CREATE TABLE {Table} (LIKE actors.jobs INCLUDING ALL)");
        var values = row.Columns.Select((column, i) => i == row.Id
            // As version 7: the time, then chance.
            ? "(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || substr(gen_random_uuid()::text, 15))::uuid"
            : row.Values[i] is { } value ? $"E'{Escape(value)}'::{column.Type}" : "NULL");
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"INSERT INTO {Table} ({row.Names}) VALUES ({string.Join(", ", values)});\n");
        return new SingleInserts(new NpgsqlConnectionStringBuilder(postgres.ConnectionString), script, connections);
    }

    public async Task<Round> RunAsync(TimeSpan length)
    {
        var start = new ProcessStartInfo("pgbench",
        [
            "--no-vacuum", "--protocol=prepared", "--jobs=2", $"--client={_connections}", $"--time={length.TotalSeconds:0}", $"--file={_script}",
            $"--host={_postgres.Host}", $"--port={_postgres.Port}", $"--username={_postgres.Username}", _postgres.Database!,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = _postgres.Password },
        };
        using var pgbench = Process.Start(start)!;
        var errors = pgbench.StandardError.ReadToEndAsync();
        var output = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        if (pgbench.ExitCode != 0)
            throw new InvalidOperationException($"pgbench: {(await errors).Split('\n')[0]}");
        var rate = output.Split('\n').First(line => line.StartsWith("tps = ", StringComparison.Ordinal)).Split(' ')[2];
        return new Round((long)(double.Parse(rate, CultureInfo.InvariantCulture) * length.TotalSeconds), length, new Latencies());
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_script);
        return ValueTask.CompletedTask;
    }

    // A colon begins a variable of pgbench.
    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal).Replace(":", "\\x3A", StringComparison.Ordinal);
}
