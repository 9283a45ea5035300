using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.KnowledgeBase.Documents;

/// <summary>The reading side of the index, but for search: one tenant's documents by path and by date.</summary>
internal sealed class DocumentStore(NpgsqlDataSource postgres, Schema schema, IOptions<KnowledgeBaseOptions> options)
{
    // substr counts characters of the text from 1; the length is of those too.
    private const string PageSql = """
        SELECT path, title, modified_at, indexed_at, length(content), substr(content, $3 + 1, $4)
        FROM kb.documents
        WHERE tenant = $1 AND path = $2
        """;

    private const string SimilarSql = """
        SELECT path
        FROM kb.documents
        WHERE tenant = $1 AND right(lower(path), length($2)) = lower($2)
        ORDER BY length(path), path
        LIMIT 3
        """;

    private const string RecentSql = """
        SELECT path, title, modified_at
        FROM kb.documents
        WHERE tenant = $1 AND modified_at >= $2
        ORDER BY modified_at DESC, path
        LIMIT $3
        """;

    /// <summary>Null where this tenant has no such document.</summary>
    public async Task<DocumentPage?> PageAsync(string tenant, string path, int offset, CancellationToken cancellationToken)
    {
        // Postgres has no text with NUL in it, and so no such path either.
        if (path.Contains('\0', StringComparison.Ordinal))
            return null;
        await schema.EnsureAsync(cancellationToken);
        await using var command = postgres.CreateCommand(PageSql);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = path });
        command.Parameters.Add(new() { Value = offset });
        command.Parameters.Add(new() { Value = options.Value.MaxDocumentChars });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var total = reader.GetInt32(4);
        var end = (long)offset + options.Value.MaxDocumentChars;
        return new DocumentPage
        {
            Path = reader.GetString(0),
            Title = reader.GetString(1),
            ModifiedAt = reader.GetFieldValue<DateTimeOffset>(2),
            IndexedAt = reader.GetFieldValue<DateTimeOffset>(3),
            TotalChars = total,
            NextOffset = end < total ? (int)end : null,
            Text = reader.GetString(5),
        };
    }

    /// <summary>Paths that end in the same file name: what a caller may have meant.</summary>
    public async Task<IReadOnlyList<string>> SimilarAsync(string tenant, string path, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(SimilarSql);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = path[(path.LastIndexOf('/') + 1)..] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var similar = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            similar.Add(reader.GetString(0));
        return similar;
    }

    public async Task<RecentDocuments> RecentAsync(string tenant, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        await using var command = postgres.CreateCommand(RecentSql);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = since });
        command.Parameters.Add(new() { Value = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var recent = new List<RecentDocument>();
        while (await reader.ReadAsync(cancellationToken))
            recent.Add(new RecentDocument(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return new RecentDocuments([.. recent.Take(limit)], recent.Count > limit);
    }
}
