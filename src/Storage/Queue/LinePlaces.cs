using Actors.Storage.Jobs;
using Actors.Storage.Postgres;
using Npgsql;

namespace Actors.Storage.Queue;

/// <summary>What a job that waits can be told, and what a new one is refused for.</summary>
public sealed class LinePlaces(NpgsqlDataSource dataSource)
{
    // Lane by lane, so that of a lane of which nothing comes first nothing is read.
    private const string Place =
        """
        WITH RECURSIVE lanes AS (
            (SELECT tool, -priority AS rank FROM actors.jobs
             WHERE silo IS NULL AND status = 0 AND tenant = $1 AND issuer = $2 AND subject = $3 ORDER BY tool, (-priority) LIMIT 1)
            UNION ALL
            SELECT following.* FROM lanes l, LATERAL (
                SELECT j.tool, -j.priority FROM actors.jobs j
                WHERE j.silo IS NULL AND j.status = 0 AND j.tenant = $1 AND j.issuer = $2 AND j.subject = $3 AND (j.tool, -j.priority) > (l.tool, l.rank)
                ORDER BY j.tool, (-j.priority) LIMIT 1) following
        )
        SELECT (SELECT count(*) FROM (
                    SELECT 1 FROM lanes l CROSS JOIN LATERAL (
                        SELECT 1 FROM actors.jobs j
                        WHERE j.silo IS NULL AND j.status = 0 AND j.tenant = $1 AND j.issuer = $2 AND j.subject = $3 AND j.tool = l.tool AND -j.priority = l.rank
                          AND (j.run_at, j.id) < (CASE WHEN l.rank < $4 THEN greatest($5, $7) ELSE $5 END, $6)
                        LIMIT $8) one
                    WHERE l.rank <= $4 LIMIT $8) counted),
               coalesce((SELECT rate * exp(-greatest(0, extract(epoch FROM $7 - updated_at)::double precision) / 60)
                         FROM actors.queue_turns WHERE tenant = $1 AND issuer = $2 AND subject = $3), 0)
        """;

    private const string WaitingOfTenant =
        "SELECT count(*) FROM (SELECT 1 FROM actors.jobs WHERE silo IS NULL AND status = 0 AND tenant = $1 LIMIT $2) w";

    private const string WaitingOfPrincipal =
        "SELECT count(*) FROM (SELECT 1 FROM actors.jobs WHERE silo IS NULL AND status = 0 AND tenant = $1 AND issuer = $2 AND subject = $3 LIMIT $4) w";

    /// <param name="job">A job that waits.</param>
    /// <param name="most">Where counting ends.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="StorageUnavailableException">The database is away; trying again makes sense.</exception>
    public async Task<PlaceInLine> OfAsync(JobRow job, int most, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        await using var command = Of(Place, new PrincipalKey(job.Owner.Tenant, job.Owner.Issuer, job.Owner.Subject));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = -job.Priority });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = job.RunAt.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.ParseExact(job.Id, "N") });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return (await ReadAsync(command, static row => new PlaceInLine(row.GetInt64(0), row.GetDouble(1)), cancellationToken))[0];
    }

    /// <summary>How many jobs of a principal, or of a tenant, wait; counting ends at a number.</summary>
    /// <exception cref="StorageUnavailableException">The database is away; trying again makes sense.</exception>
    public async Task<long> CountAsync(PrincipalKey owner, long most, CancellationToken cancellationToken = default)
    {
        await using var command = owner == PrincipalKey.OfTenant(owner.Tenant) ? OfTenant(WaitingOfTenant, owner.Tenant) : Of(WaitingOfPrincipal, owner);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = most });
        return (await ReadAsync(command, static row => row.GetInt64(0), cancellationToken))[0];
    }

    /// <summary>How many jobs run, as the limits count them.</summary>
    /// <exception cref="StorageUnavailableException">The database is away; trying again makes sense.</exception>
    public async Task<IReadOnlyList<OwnedJobs>> OwnedAsync(CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(LineStatements.Owned);
        return await ReadAsync(
            command, static row => new OwnedJobs(new PrincipalKey(row.GetString(0), row.GetString(1), row.GetString(2)), row.GetString(3), row.GetInt64(4)), cancellationToken);
    }

    // A grain's callers know this exception and not the driver's, which does not cross to another process as what it is.
    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
        catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
        {
            throw new StorageUnavailableException("The line cannot be read now.", exception);
        }
    }

    private NpgsqlCommand Of(string sql, PrincipalKey principal)
    {
        var command = OfTenant(sql, principal.Tenant);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = principal.Issuer });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = principal.Subject });
        return command;
    }

    private NpgsqlCommand OfTenant(string sql, string tenant)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        return command;
    }
}
