using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.KnowledgeBase.Search;

/// <summary>
/// Ranked full-text search over one tenant's sections. Postgres ranks by how often and where words stand, not by how rare they
/// are, and "how does a client cancel a task" would drown in client; so each stem is ranked alone and weighed by its rarity.
/// </summary>
internal sealed class DocumentSearch(NpgsqlDataSource postgres, Schema schema, IOptions<KnowledgeBaseOptions> options)
{
    /// <summary>Stems of a question that are looked at; those after them are ignored.</summary>
    private const int MaxTerms = 24;

    private static readonly string Ranking = Sql("Ranking.sql");
    private static readonly string Stems = Sql("Stems.sql");

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string tenant, string query, int limit, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        if (await TermsAsync(connection, tenant, query, cancellationToken) is not { } terms)
            return [];

        await using var command = new NpgsqlCommand(Ranking, connection)
        {
            Parameters =
            {
                new() { Value = tenant }, new() { Value = query }, new() { Value = terms.Strict }, new() { Value = terms.Filter },
                new() { Value = terms.Terms }, new() { Value = terms.Weights }, new() { Value = limit },
                new() { Value = $"StartSel=**, StopSel=**, MaxFragments=2, MaxWords={options.Value.SnippetWords / 2}, MinWords={options.Value.SnippetWords / 4}, FragmentDelimiter=\" … \"" },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var hits = new List<SearchHit>();
        while (await reader.ReadAsync(cancellationToken))
            hits.Add(Hit(reader));
        return hits;
    }

    /// <summary>Null where nothing of the question counts: it is empty, or of words like "the" alone.</summary>
    private static async Task<SearchTerms?> TermsAsync(NpgsqlConnection connection, string tenant, string query, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Stems, connection)
        {
            Parameters = { new() { Value = tenant }, new() { Value = query }, new() { Value = MaxTerms } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var strict = "";
        var terms = new List<string>();
        var weights = new List<double>();
        while (await reader.ReadAsync(cancellationToken))
        {
            strict = reader.GetString(0);
            terms.Add(reader.GetString(1));
            weights.Add(reader.GetDouble(2));
        }
        if (terms.Count == 0)
            return null;
        // A compound like "tool-call" is a phrase to Postgres too, but only quotes ask for one.
        var plain = strict.IndexOfAny(['!', '|']) < 0 && !query.Contains('"', StringComparison.Ordinal);
        return new SearchTerms(strict, plain ? string.Join(" | ", terms) : strict, [.. terms], [.. weights]);
    }

    private static SearchHit Hit(NpgsqlDataReader reader) => new()
    {
        Path = reader.GetString(0),
        Title = reader.GetString(1),
        Heading = reader.GetString(2),
        Snippet = reader.GetString(3),
        Score = Math.Round(reader.GetDouble(4), 3),
        ModifiedAt = reader.GetFieldValue<DateTimeOffset>(5),
        OtherEditions = reader.GetFieldValue<string[]>(6),
    };

    private static string Sql(string name)
    {
        using var reader = new StreamReader(typeof(DocumentSearch).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
