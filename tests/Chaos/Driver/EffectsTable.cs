using Actors.Chaos.Checker.Records;
using Npgsql;

namespace Actors.Chaos.Driver;

/// <summary>The table that the tools of the chaos pack write to, and the clock of its database.</summary>
internal sealed class EffectsTable(string connectionString)
{
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(_connectionString);
        await using var stream = typeof(EffectsTable).Assembly.GetManifestResourceStream("Effects.sql")!;
        using var reader = new StreamReader(stream);
        await using var command = database.CreateCommand(await reader.ReadToEndAsync(cancellationToken));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<ClockReading> ReadClockAsync(RunClock clock, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(_connectionString);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8", connection);
        var before = clock.NowMs;
        var now = (double)(await command.ExecuteScalarAsync(cancellationToken))!;
        return new ClockReading(before, now, clock.NowMs);
    }

    public async Task DumpAsync(RecordWriter record, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(_connectionString);
        await using var command = database.CreateCommand(
            "SELECT seq, (extract(epoch FROM at) * 1000)::float8, tenant, job, attempt, kind, step, note, refused, "
            + "(extract(epoch FROM held_at) * 1000)::float8, family FROM chaos.effects ORDER BY seq");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            record.Add(new EffectRecord
            {
                Seq = row.GetInt64(0),
                DatabaseMs = row.GetDouble(1),
                Tenant = row.GetString(2),
                Job = row.GetString(3),
                Attempt = row.GetInt32(4),
                Kind = row.GetString(5),
                Step = row.GetInt32(6),
                Note = row.GetString(7),
                Refused = row.GetBoolean(8),
                HeldMs = row.IsDBNull(9) ? null : row.GetDouble(9),
                Family = row.GetString(10),
            });
        }
    }
}
