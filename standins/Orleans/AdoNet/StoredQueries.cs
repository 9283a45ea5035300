using System.Collections.Frozen;
using System.Resources;

namespace Orleans.AdoNet;

/// <summary>
/// The statements that OrleansQuery holds: those of Orleans' scripts where they made the tables, and otherwise ours,
/// which are put there with the tables so that Orleans finds them.
/// </summary>
internal sealed class StoredQueries
{
    private const string ReadAll = "SELECT QueryKey, QueryText FROM OrleansQuery";

    private static readonly string Prefix = $"{typeof(StoredQueries).Namespace}.Sql.";

    private readonly FrozenDictionary<string, string> _texts;

    private StoredQueries(FrozenDictionary<string, string> texts) => _texts = texts;

    public string this[string key] => _texts[key];

    /// <summary>Creates what is missing of a part, "Clustering" or "Storage", and reads the statements.</summary>
    public static async Task<StoredQueries> OpenAsync(AdoNetDatabase database, string part, CancellationToken cancellationToken)
    {
        var keys = KeysOf(part);
        if (!await ExistsAsync(database, cancellationToken) || await ReadAsync(database, cancellationToken) is not { } known || !keys.All(known.ContainsKey))
        {
            await CreateAsync(database, part, keys, cancellationToken);
            known = await ReadAsync(database, cancellationToken);
        }

        return new StoredQueries(known);
    }

    /// <summary>One of our own statements.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(StoredQueries).Assembly.GetManifestResourceStream($"{Prefix}{name}.sql")
            ?? throw new MissingManifestResourceException(name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<bool> ExistsAsync(AdoNetDatabase database, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            "SELECT to_regclass('orleansquery') IS NOT NULL", static _ => { }, static reader => reader.GetBoolean(0), cancellationToken)).Single();

    private static async Task<FrozenDictionary<string, string>> ReadAsync(AdoNetDatabase database, CancellationToken cancellationToken) =>
        (await database.ReadAsync(
            ReadAll, static _ => { }, static reader => KeyValuePair.Create(reader.GetString(0), reader.GetString(1)), cancellationToken))
        .ToFrozenDictionary();

    // Processes that start together all come here; the lock lets one of them create.
    private static Task CreateAsync(AdoNetDatabase database, string part, string[] keys, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async command =>
            {
                await using (var create = command(Text($"{part}.Tables"))) await create.ExecuteNonQueryAsync(cancellationToken);
                foreach (var key in keys)
                {
                    await using var insert = command(
                        "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@QueryKey, @QueryText) ON CONFLICT DO NOTHING");
                    insert.With("QueryKey", key).With("QueryText", Text($"{part}.{key}"));
                    await insert.ExecuteNonQueryAsync(cancellationToken);
                }
            },
            cancellationToken);

    private static string[] KeysOf(string part)
    {
        var prefix = Prefix + part + ".";
        return
        [
            .. typeof(StoredQueries).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name[prefix.Length..^".sql".Length])
                .Where(key => key.EndsWith("Key", StringComparison.OrdinalIgnoreCase))
        ];
    }

}
