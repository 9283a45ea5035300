using Actors.Storage.Leases;
using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>Writes a batch: one round trip, one transaction, and then a word to each of its writes.</summary>
internal static class WriteBatchCommand
{
    private const string ReadVersions =
        """
        SELECT j.id, j.version, j.write_tag
        FROM unnest($1::text[], $2::uuid[]) AS w (tenant, id)
        JOIN actors.jobs j ON j.tenant = w.tenant AND j.id = w.id
        """;

    /// <exception cref="PostgresException">A row to create is there already, and it was not said that it may be, among others: nothing is written.</exception>
    public static async Task ExecuteAsync(NpgsqlConnection connection, HeldLease lease, List<PendingWrite> writes, bool mayExist)
    {
        var written = await CommitAsync(connection, lease, writes, mayExist);
        var refused = written.Count == writes.Count ? [] : writes.FindAll(write => !written.Contains(write.Id));
        foreach (var write in writes)
        {
            if (written.Contains(write.Id)) write.Succeed();
        }

        if (refused.Count > 0) await ExplainAsync(connection, refused);
    }

    private static async Task<HashSet<Guid>> CommitAsync(NpgsqlConnection connection, HeldLease lease, List<PendingWrite> writes, bool mayExist)
    {
        // Without a transaction of its own a batch is one, committed with its last statement.
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(WriteStatements.RequireLease(lease.Silo, lease.Epoch));
        foreach (var kind in writes.GroupBy(write => write.Kind)) batch.BatchCommands.Add(WriteStatements.Command(kind.Key, [.. kind], mayExist));

        foreach (var steps in StepStatements.Of(writes)) batch.BatchCommands.Add(steps);

        var written = new HashSet<Guid>(writes.Count);
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.NextResultAsync())
        {
            while (await reader.ReadAsync()) written.Add(reader.GetGuid(0));
        }

        return written;
    }

    /// <summary>The compare-and-set failed: against somebody else's write, or against our own whose answer was lost.</summary>
    private static async Task ExplainAsync(NpgsqlConnection connection, List<PendingWrite> writes)
    {
        await using var command = new NpgsqlCommand(ReadVersions, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. writes.Select(write => write.Key.Tenant)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. writes.Select(write => write.Id)] });
        var stored = new Dictionary<Guid, (long Version, int Tag)>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) stored.Add(reader.GetGuid(0), (reader.GetInt64(1), reader.GetInt32(2)));
        }

        foreach (var write in writes)
        {
            (long Version, int Tag)? found = stored.TryGetValue(write.Id, out var row) ? row : null;
            var isOurs = write.Kind is WriteKind.Delete ? found is null : found == (write.NewVersion, write.Tag);
            if (write.IsInDoubt && isOurs) write.Succeed();
            else write.FailConflict(found?.Version);
        }
    }
}
