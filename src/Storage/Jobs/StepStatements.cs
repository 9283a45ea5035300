using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>
/// The statements of a batch that concern steps. They follow those that write the rows, and touch the steps of a job only where its row
/// is as this very write left it: a write that lost its compare-and-set changes no step.
/// </summary>
internal static class StepStatements
{
    private const string Drop =
        """
        DELETE FROM actors.steps s USING unnest($1::text[], $2::uuid[], $3::bigint[], $4::integer[]) AS w (tenant, id, version, tag), actors.jobs j
        WHERE j.tenant = w.tenant AND j.id = w.id AND j.version = w.version AND j.write_tag = w.tag AND s.tenant = j.tenant AND s.job_id = j.id
        """;

    private const string Copy =
        """
        INSERT INTO actors.steps (tenant, job_id, name, seq, shape, result, at)
        SELECT j.tenant, j.id, s.name, s.seq, s.shape, s.result, s.at
        FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::integer[], $5::uuid[]) AS w (tenant, id, version, tag, source)
        JOIN actors.jobs j ON j.tenant = w.tenant AND j.id = w.id AND j.version = w.version AND j.write_tag = w.tag
        JOIN actors.steps s ON s.tenant = w.tenant AND s.job_id = w.source
        ON CONFLICT DO NOTHING
        """;

    private const string Add =
        """
        INSERT INTO actors.steps (tenant, job_id, name, seq, shape, result, at)
        SELECT j.tenant, j.id, w.name, w.seq, w.shape, w.result, j.updated_at
        FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::integer[], $5::text[], $6::integer[], $7::text[], $8::bytea[])
             AS w (tenant, id, version, tag, name, seq, shape, result)
        JOIN actors.jobs j ON j.tenant = w.tenant AND j.id = w.id AND j.version = w.version AND j.write_tag = w.tag
        ON CONFLICT DO NOTHING
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(List<PendingWrite> writes)
    {
        if (writes.FindAll(write => write.DropsSteps) is { Count: > 0 } dropping) yield return Command(Drop, dropping);
        if (writes.FindAll(write => write.TakesStepsOf is not null) is { Count: > 0 } copying)
            yield return Command(Copy, copying, Array(copying, write => write.TakesStepsOf!.Value));
        if (writes.FindAll(write => write.Step is not null) is { Count: > 0 } adding)
        {
            yield return Command(
                Add,
                adding,
                Array(adding, write => write.Step!.Name),
                Array(adding, write => write.Step!.Seq),
                Array(adding, write => write.Step!.Shape),
                Array(adding, write => write.Step!.Result));
        }
    }

    private static NpgsqlBatchCommand Command(string sql, List<PendingWrite> writes, params NpgsqlParameter[] more)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                Array(writes, write => write.Key.Tenant),
                Array(writes, write => write.Id),
                Array(writes, write => write.NewVersion),
                Array(writes, write => write.Tag),
            },
        };
        command.Parameters.AddRange(more);
        return command;
    }

    private static NpgsqlParameter<T[]> Array<T>(List<PendingWrite> writes, Func<PendingWrite, T> value) =>
        new() { TypedValue = [.. writes.Select(value)] };
}
