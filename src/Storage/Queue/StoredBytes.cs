using Npgsql;

namespace Actors.Storage.Queue;

/// <summary>How much a tenant has stored with its jobs: what they were called with, what they saved, asked and returned.</summary>
public sealed class StoredBytes(NpgsqlDataSource dataSource)
{
    /// <summary>A tenant with many millions of jobs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // The length of a value kept out of line is in its row: nothing is fetched for it.
    private const string Sum =
        """
        SELECT (SELECT coalesce(sum(octet_length(params)::bigint + coalesce(octet_length(checkpoint), 0) + coalesce(octet_length(exchanges), 0)
                                    + coalesce(octet_length(options), 0) + coalesce(octet_length(attempts), 0) + coalesce(octet_length(result), 0)), 0)
                FROM actors.jobs WHERE tenant = $1)::bigint
             + (SELECT coalesce(sum(size), 0) FROM actors.results WHERE tenant = $1)::bigint
             + (SELECT coalesce(sum(octet_length(result)), 0) FROM actors.steps WHERE tenant = $1)::bigint
        """;

    public async Task<long> OfAsync(string tenant, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Sum);
        command.CommandTimeout = (int)Patience.TotalSeconds;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
