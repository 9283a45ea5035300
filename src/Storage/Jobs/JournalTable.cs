using Actors.Jobs;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Jobs;

/// <summary>The SQL of <c>journal</c>.</summary>
internal sealed class JournalTable(NpgsqlDataSource dataSource)
{
    // A job that was discarded meanwhile takes what was still to be written with it.
    private const string Insert =
        """
        INSERT INTO actors.journal (tenant, job_id, at, kind, level, text, data)
        SELECT tenant, job_id, at, kind, level, text, data
        FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::smallint[], $5::text[], $6::text[], $7::bytea[])
             WITH ORDINALITY AS w (tenant, job_id, at, kind, level, text, data, ordinal)
        WHERE EXISTS (SELECT FROM actors.jobs j WHERE j.tenant = w.tenant AND j.id = w.job_id)
        ORDER BY ordinal
        """;

    // Kept are state changes before log lines before progress, the newest first; the rest goes.
    private const string Thin =
        """
        DELETE FROM actors.journal j USING (
            SELECT seq, row_number() OVER kept AS entries,
                   sum(coalesce(octet_length(text), 0) + coalesce(octet_length(data), 0)) OVER kept AS bytes
            FROM actors.journal WHERE tenant = $1 AND job_id = $2
            WINDOW kept AS (ORDER BY kind, seq DESC)
        ) ranked
        WHERE j.tenant = $1 AND j.job_id = $2 AND j.seq = ranked.seq AND (ranked.entries > $3 OR ranked.bytes > $4)
        """;

    private const string Read =
        """
        SELECT seq, at, kind, level, text, data FROM actors.journal
        WHERE tenant = $1 AND job_id = $2 AND seq > $5
          AND ($7::timestamptz IS NULL OR at >= $7) AND ($8::timestamptz IS NULL OR at < $8) AND ($9::text[] IS NULL OR level = ANY ($9))
          AND EXISTS (SELECT FROM actors.jobs WHERE tenant = $1 AND id = $2 AND issuer = $3 AND subject = $4)
        ORDER BY seq {0} LIMIT $6
        """;

    private static readonly string ReadFirst = Read.Replace("{0}", "ASC", StringComparison.Ordinal);
    private static readonly string ReadLast = Read.Replace("{0}", "DESC", StringComparison.Ordinal);

    public async Task InsertAsync(List<JournalEntry> entries, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Insert);
        Add(command, entries, entry => entry.Job.Tenant);
        Add(command, entries, entry => Guid.ParseExact(entry.Job.Id, "N"));
        Add(command, entries, entry => entry.At.UtcDateTime);
        Add(command, entries, entry => (short)entry.Kind);
        Add(command, entries, entry => entry.Level);
        Add(command, entries, entry => entry.Text);
        Add(command, entries, entry => entry.Data);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ThinAsync(JobKey job, JournalOptions options, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Thin);
        command.Parameters.Add(new() { Value = job.Tenant });
        command.Parameters.Add(new() { Value = Guid.ParseExact(job.Id, "N") });
        command.Parameters.Add(new() { Value = (long)options.MaxEntriesPerJob });
        command.Parameters.Add(new() { Value = (long)options.MaxBytesPerJob });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<JournalPage> ReadAsync(Principal caller, Guid jobId, JournalQuery query, int maxSearched, CancellationToken cancellationToken)
    {
        // One more than wanted: are there more?
        var rows = string.IsNullOrEmpty(query.Search) ? query.Limit + 1 : maxSearched;
        await using var command = dataSource.CreateCommand(query.Tail ? ReadLast : ReadFirst);
        Add(command, NpgsqlDbType.Text, caller.Tenant);
        Add(command, NpgsqlDbType.Uuid, jobId);
        Add(command, NpgsqlDbType.Text, caller.Issuer);
        Add(command, NpgsqlDbType.Text, caller.Subject);
        Add(command, NpgsqlDbType.Bigint, query.After);
        Add(command, NpgsqlDbType.Integer, rows);
        Add(command, NpgsqlDbType.TimestampTz, query.From?.UtcDateTime);
        Add(command, NpgsqlDbType.TimestampTz, query.Before?.UtcDateTime);
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, query.Levels.IsDefaultOrEmpty ? null : query.Levels.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, query, rows, cancellationToken);
    }

    private static async Task<JournalPage> ReadAsync(NpgsqlDataReader reader, JournalQuery query, int rows, CancellationToken cancellationToken)
    {
        var lines = new List<JournalLine>();
        var (read, cursor) = (0, query.After);
        while (lines.Count <= query.Limit && await reader.ReadAsync(cancellationToken))
        {
            read++;
            var next = new ColumnCursor(reader);
            var line = new JournalLine(next.Long(), next.Time()!.Value, (JournalKind)next.Short(), next.Text(), next.Text(), next.Bytes());
            cursor = Math.Max(cursor, line.Seq);
            if (JournalSearch.Finds(line, query.Search)) lines.Add(line);
        }

        var hasMore = lines.Count > query.Limit;
        if (hasMore) lines.RemoveAt(query.Limit);
        if (query.Tail)
        {
            lines.Reverse();
            return new JournalPage(lines, cursor, HasMore: false);
        }

        return new JournalPage(lines, hasMore ? lines[^1].Seq : cursor, hasMore || read == rows);
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });

    private static void Add<T>(NpgsqlCommand command, List<JournalEntry> entries, Func<JournalEntry, T> value) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. entries.Select(value)] });
}
