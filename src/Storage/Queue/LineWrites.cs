using Actors.Jobs;
using Actors.Storage.Leases;
using Npgsql;

namespace Actors.Storage.Queue;

/// <summary>The last round trip of a claim: the chosen jobs get their owner, and whose turn it is moves on.</summary>
internal static class LineWrites
{
    public static async Task<IReadOnlyList<JobKey>> TakeAsync(
        NpgsqlConnection connection, HeldLease lease, DateTimeOffset now, ClaimDecision decision, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Take(lease, now, decision.Picks));
        batch.BatchCommands.Add(MoveTurns(now, decision));
        var jobs = new List<JobKey>(decision.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) jobs.Add(new JobKey(reader.GetString(0), reader.GetGuid(1).ToString("N")));
        return jobs;
    }

    /// <summary>A statement whose first three parameters name principals.</summary>
    public static NpgsqlBatchCommand Owners(string sql, IReadOnlyCollection<PrincipalKey> owners) => new(sql)
    {
        Parameters =
        {
            Values(owners.Select(owner => owner.Tenant)), Values(owners.Select(owner => owner.Issuer)), Values(owners.Select(owner => owner.Subject)),
        },
    };

    private static NpgsqlBatchCommand Take(HeldLease lease, DateTimeOffset now, IReadOnlyDictionary<LaneKey, int> picks)
    {
        var command = Owners(LineStatements.Take, [.. picks.Keys.Select(lane => lane.Principal)]);
        command.Parameters.Add(Values(picks.Keys.Select(lane => lane.Tool)));
        command.Parameters.Add(Values(picks.Keys.Select(lane => -lane.Priority)));
        command.Parameters.Add(Values(picks.Values));
        command.Parameters.Add(Value(now.UtcDateTime));
        command.Parameters.Add(Value(lease.Silo));
        command.Parameters.Add(Value(lease.Epoch));
        return command;
    }

    private static NpgsqlBatchCommand MoveTurns(DateTimeOffset now, ClaimDecision decision)
    {
        var command = Owners(LineStatements.MoveTurns, [.. decision.Turns.Keys]);
        command.Parameters.Add(Values(decision.Turns.Values.Select(turn => turn.Pass)));
        command.Parameters.Add(Values(decision.Turns.Values.Select(turn => turn.Clock)));
        command.Parameters.Add(Values(decision.Turns.Keys.Select(owner => decision.Starts.GetValueOrDefault(owner))));
        command.Parameters.Add(Value(now.UtcDateTime));
        return command;
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<T[]> Values<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };
}
