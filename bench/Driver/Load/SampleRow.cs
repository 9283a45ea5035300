using Npgsql;

namespace Actors.Bench.Driver.Load;

/// <summary>A job's row as it is when the handle is returned, and the columns that hold it.</summary>
internal sealed record SampleRow(IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<string?> Values)
{
    public int Id => Columns.Index().First(column => column.Item.Name == "id").Index;

    public string Names => string.Join(", ", Columns.Select(column => column.Name));

    public static async Task<SampleRow> OfAsync(string connectionString, string job)
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var columns = new List<(string Name, string Type)>();
        await using (var command = postgres.CreateCommand(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'actors.jobs'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        // What running and ending wrote is not part of the create.
        string[] later = ["started_at", "ended_at", "result"];
        var fields = columns.Select(column => column.Name == "status" ? "0" : later.Contains(column.Name) ? "NULL" : $"{column.Name}::text");
        await using var select = postgres.CreateCommand($"SELECT {string.Join(", ", fields)} FROM actors.jobs WHERE id = $1");
        select.Parameters.Add(new() { Value = Guid.Parse(job) });
        await using var row = await select.ExecuteReaderAsync();
        if (!await row.ReadAsync())
            throw new InvalidOperationException($"There is no row of job {job}.");
        return new SampleRow(columns, [.. Enumerable.Range(0, columns.Count).Select(i => row.IsDBNull(i) ? null : row.GetValue(i).ToString())]);
    }
}
