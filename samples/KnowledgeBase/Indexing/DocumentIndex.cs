using Actors.KnowledgeBase.Documents;
using Npgsql;

namespace Actors.KnowledgeBase.Indexing;

/// <summary>The writing side of the index: one tenant's documents and their sections.</summary>
internal sealed class DocumentIndex(NpgsqlDataSource postgres, Schema schema, TimeProvider time)
{
    private const string KnownSql = """
        SELECT d.path, d.hash, d.indexed_by, (SELECT count(*) FROM kb.sections s WHERE s.tenant = d.tenant AND s.path = d.path)::int
        FROM kb.documents d
        WHERE d.tenant = $1 AND d.path = ANY ($2)
        """;

    private const string DocumentSql = """
        INSERT INTO kb.documents (tenant, path, title, family, edition, hash, content, modified_at, indexed_at, indexed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (tenant, path) DO UPDATE
        SET title = excluded.title, hash = excluded.hash, content = excluded.content, modified_at = excluded.modified_at,
            indexed_at = excluded.indexed_at, indexed_by = excluded.indexed_by
        """;

    private const string ForgetSql = "DELETE FROM kb.sections WHERE tenant = $1 AND path = $2";

    // Title A, own heading B, the headings above it and the path's words C, text D: search weighs them in this order.
    private const string SectionsSql = """
        INSERT INTO kb.sections (tenant, path, ordinal, heading, body, search)
        SELECT $1, $2, s.ordinal, s.heading, s.body,
               setweight(to_tsvector('english', $3), 'A') || setweight(to_tsvector('english', s.own), 'B')
               || setweight(to_tsvector('english', s.heading || ' ' || $4), 'C') || setweight(to_tsvector('english', s.body), 'D')
        FROM unnest($5::int[], $6::text[], $7::text[], $8::text[]) AS s (ordinal, heading, own, body)
        """;

    private const string RemoveSql = """
        DELETE FROM kb.documents
        WHERE tenant = $1 AND starts_with(path, $2) AND NOT (path = ANY ($3))
          AND NOT EXISTS (SELECT FROM unnest($4::text[]) AS unreadable (prefix) WHERE starts_with(path, unreadable.prefix))
        """;

    public async Task<IReadOnlyDictionary<string, KnownFile>> KnownAsync(string tenant, string[] paths, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        await using var command = postgres.CreateCommand(KnownSql);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = paths });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new Dictionary<string, KnownFile>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            known.Add(reader.GetString(0), new KnownFile(reader.GetFieldValue<byte[]>(1), reader.GetString(2), reader.GetInt32(3)));
        return known;
    }

    /// <summary>Writes a batch in one transaction, in the order given, which every run has in common, so that two of them cannot deadlock.</summary>
    public async Task WriteAsync(string tenant, string job, IReadOnlyList<ReadFile> files, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var file in files)
        {
            batch.BatchCommands.Add(Document(tenant, job, file));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ForgetSql) { Parameters = { new() { Value = tenant }, new() { Value = file.Path } } });
            batch.BatchCommands.Add(Sections(tenant, file));
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Takes out what lies under a folder and is not among the files that are there now, nor in a folder that could not be read.</summary>
    public async Task<int> RemoveVanishedAsync(
        string tenant, string pathPrefix, string[] present, string[] unreadable, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        await using var command = postgres.CreateCommand(RemoveSql);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = pathPrefix });
        command.Parameters.Add(new() { Value = present });
        command.Parameters.Add(new() { Value = unreadable });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlBatchCommand Document(string tenant, string job, ReadFile file)
    {
        var edition = Edition.Of(file.Path);
        return new NpgsqlBatchCommand(DocumentSql)
        {
            Parameters =
            {
                new() { Value = tenant }, new() { Value = file.Path }, new() { Value = file.Document.Title },
                new() { Value = edition.Family }, new() { Value = edition.Name }, new() { Value = file.Hash },
                new() { Value = file.Text }, new() { Value = file.ModifiedAt }, new() { Value = time.GetUtcNow() }, new() { Value = job },
            },
        };
    }

    private static NpgsqlBatchCommand Sections(string tenant, ReadFile file)
    {
        var sections = file.Document.Sections;
        return new NpgsqlBatchCommand(SectionsSql)
        {
            Parameters =
            {
                new() { Value = tenant }, new() { Value = file.Path }, new() { Value = file.Document.Title }, new() { Value = WordsOf(file.Path) },
                new() { Value = Enumerable.Range(0, sections.Count).ToArray() },
                new() { Value = sections.Select(section => string.Join(" > ", section.Headings)).ToArray() },
                new() { Value = sections.Select(section => section.Headings.Count > 0 ? section.Headings[^1] : "").ToArray() },
                new() { Value = sections.Select(section => section.Body).ToArray() },
            },
        };
    }

    private static string WordsOf(string path) => Path.ChangeExtension(path, null).Replace('/', ' ').Replace('-', ' ').Replace('_', ' ');
}
