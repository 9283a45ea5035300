using Actors.Jobs;
using Actors.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Jobs;

/// <summary>The stored steps of jobs. They are written with their jobs' rows, by <see cref="JobStorage"/>.</summary>
public sealed class StepTable(NpgsqlDataSource dataSource)
{
    private const string Read =
        "SELECT name, seq, shape, result FROM actors.steps WHERE tenant = $1 AND job_id = $2 ORDER BY seq";

    /// <exception cref="StorageUnavailableException">The database is away; trying again makes sense.</exception>
    public async Task<IReadOnlyList<StepResult>> ReadAsync(JobKey job, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(Read);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job.Tenant });
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = Guid.ParseExact(job.Id, "N") });
            var steps = new List<StepResult>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                steps.Add(new StepResult(reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3)));
            return steps;
        }
        catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
        {
            throw new StorageUnavailableException("The steps cannot be read now.", exception);
        }
    }
}
