using System.Collections.Concurrent;
using Npgsql;

namespace Actors.Storage.Silos;

/// <summary>The silos of the cluster as the database knows them: who lives, where, and with which catalogue.</summary>
public sealed class SiloTable(NpgsqlDataSource dataSource)
{
    // An epoch that is gone stays gone, so that is remembered; only that it lives has to be asked again.
    private const int MostRemembered = 10_000;

    private const string Alive = "SELECT EXISTS (SELECT FROM actors.silos WHERE name = $1 AND epoch = $2 AND expires_at > clock_timestamp())";

    private const string Live =
        """
        SELECT name, address, catalogue FROM actors.silos
        WHERE expires_at > clock_timestamp() AND NOT draining AND address IS NOT NULL AND catalogue IS NOT NULL ORDER BY name
        """;

    private const string AnnounceSilo =
        "UPDATE actors.silos SET address = $3, catalogue = $4 WHERE name = $1 AND epoch = $2";

    private const string Drain = "UPDATE actors.silos SET draining = true WHERE name = $1 AND epoch = $2";

    private const string Store = "INSERT INTO actors.catalogues (digest, content) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";

    private const string Load = "SELECT content, first_seen_at FROM actors.catalogues WHERE digest = $1";

    // Its jobs are found by what is missing, so a row may go as soon as nobody can come back to it.
    private const string Forget =
        """
        WITH gone AS (DELETE FROM actors.silos WHERE expires_at < clock_timestamp() - $1)
        DELETE FROM actors.catalogues c
        WHERE first_seen_at < clock_timestamp() - $1 AND NOT EXISTS (SELECT FROM actors.silos s WHERE s.catalogue = c.digest)
        """;

    private readonly ConcurrentDictionary<(string Silo, long Epoch), bool> _gone = new();

    /// <summary>Whether a silo has lost the lease of that epoch, for good.</summary>
    public async Task<bool> IsGoneAsync(string silo, long epoch, CancellationToken cancellationToken = default)
    {
        if (_gone.ContainsKey((silo, epoch))) return true;

        await using var command = dataSource.CreateCommand(Alive);
        command.Parameters.Add(new() { Value = silo });
        command.Parameters.Add(new() { Value = epoch });
        if ((bool)(await ExecuteAsync(() => command.ExecuteScalarAsync(cancellationToken)))!) return false;

        if (_gone.Count >= MostRemembered) _gone.Clear();
        _gone[(silo, epoch)] = true;
        return true;
    }

    public async Task<IReadOnlyList<LiveSilo>> LiveAsync(CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Live);
        var silos = new List<LiveSilo>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) silos.Add(new LiveSilo(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return silos;
    }

    /// <summary>Says where this silo is reached and what it offers. The catalogue must be stored before.</summary>
    public Task AnnounceAsync(string silo, long epoch, string address, string catalogue, CancellationToken cancellationToken = default) =>
        ExecuteAsync(AnnounceSilo, cancellationToken, silo, epoch, address, catalogue);

    /// <summary>Says that this silo takes no more work.</summary>
    public Task DrainAsync(string silo, long epoch, CancellationToken cancellationToken = default) =>
        ExecuteAsync(Drain, cancellationToken, silo, epoch);

    public Task StoreCatalogueAsync(string digest, byte[] content, CancellationToken cancellationToken = default) =>
        ExecuteAsync(Store, cancellationToken, digest, content);

    public async Task<StoredCatalogue?> LoadCatalogueAsync(string digest, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Load);
        command.Parameters.Add(new() { Value = digest });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredCatalogue(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<DateTimeOffset>(1))
            : null;
    }

    /// <summary>Deletes the silos whose leases lapsed that long ago, and the catalogues that nobody has.</summary>
    public Task ForgetAsync(TimeSpan after, CancellationToken cancellationToken = default) => ExecuteAsync(Forget, cancellationToken, after);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // For a grain, whose callers know this exception and not the driver's.
    private static async Task<T> ExecuteAsync<T>(Func<Task<T>> query)
    {
        try
        {
            return await query();
        }
        catch (NpgsqlException exception) when (Postgres.PostgresFaults.Classify(exception) is Postgres.PostgresFault.Unavailable)
        {
            throw new Postgres.StorageUnavailableException("The table of silos cannot be read now.", exception);
        }
    }
}
