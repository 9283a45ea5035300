using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Npgsql;

namespace Actors.Storage.Queue;

/// <summary>The first round trip of a claim: its settings, the lock, the right to write, and what waits.</summary>
internal static class LaneScan
{
    public static async Task<IReadOnlyList<SeenLane>> ReadAsync(
        NpgsqlConnection connection, HeldLease lease, ClaimRequest request, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LineStatements.Settings));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LineStatements.TakeLock) { Parameters = { Value(LineStatements.Lock) } });
        batch.BatchCommands.Add(WriteStatements.RequireLease(lease.Silo, lease.Epoch));
        batch.BatchCommands.Add(Lanes(request));
        var lanes = new List<SeenLane>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var skipped = 0; skipped < 3; skipped++) await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) lanes.Add(Lane(reader));
        return lanes;
    }

    private static NpgsqlBatchCommand Lanes(ClaimRequest request)
    {
        var window = request.Window;
        var command = new NpgsqlBatchCommand(LineStatements.Lanes);
        command.Parameters.Add(Value(window.AfterTenant));
        command.Parameters.Add(Value(window.MaxTenants));
        command.Parameters.Add(Value(window.MaxLanesPerTenant));
        command.Parameters.Add(Values(window.After.Select(lane => lane.Tenant)));
        command.Parameters.Add(Values(window.After.Select(lane => lane.Principal.Issuer)));
        command.Parameters.Add(Values(window.After.Select(lane => lane.Principal.Subject)));
        command.Parameters.Add(Values(window.After.Select(lane => lane.Tool)));
        command.Parameters.Add(Values(window.After.Select(lane => -lane.Priority)));
        command.Parameters.Add(Values(request.Tools.Keys));
        command.Parameters.Add(Value(window.HeadsPerLane));
        return command;
    }

    private static SeenLane Lane(NpgsqlDataReader reader) => new(
        new LaneKey(new PrincipalKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), reader.GetString(3), -reader.GetInt32(4)),
        reader.GetInt32(5),
        reader.GetInt32(6),
        new DateTimeOffset(reader.GetDateTime(7), TimeSpan.Zero),
        reader.IsDBNull(8) ? [] : [.. reader.GetFieldValue<DateTime[]>(8).Select(start => new DateTimeOffset(start, TimeSpan.Zero))]);

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<T[]> Values<T>(IEnumerable<T> values) => new() { TypedValue = [.. values] };
}
