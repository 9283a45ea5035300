using Actors.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Tenants;
using Npgsql;

namespace Actors.Storage.Queue;

/// <summary>The line of waiting jobs: the rows that are queued and that nobody owns.</summary>
public sealed class JobLine(NpgsqlDataSource dataSource, TenantLimitTable limits)
{
    /// <summary>
    /// Looks at the line, lets <paramref name="decide"/> choose, and makes the chosen jobs this silo's, in one transaction that no other
    /// claim overlaps. So what is decided holds: nobody else starts anything that a limit concerns.
    /// </summary>
    /// <exception cref="PostgresException">The silo has lost its lease, among others. Whether anything was claimed is not known.</exception>
    public async Task<ClaimedJobs> ClaimAsync(
        HeldLease lease, ClaimRequest request, Func<QueueView, ClaimDecision> decide, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var heads = request.Window.HeadsPerLane;
        var seen = await LaneScan.ReadAsync(connection, lease, request, cancellationToken);
        request.Window.Saw(seen);
        var lanes = Due(seen, request.Now, heads);
        var next = NextStart(seen, request.Now);
        if (lanes.Count == 0) return new ClaimedJobs { NextStart = next, LeftForSlots = request.Window.IsCutShort };

        var decision = decide(await ViewAsync(connection, lanes, request, cancellationToken));
        var jobs = decision.Count > 0 ? await LineWrites.TakeAsync(connection, lease, request.Now, decision, cancellationToken) : [];
        await transaction.CommitAsync(cancellationToken);
        return new ClaimedJobs
        {
            Jobs = jobs,
            LeftForSlots = decision.LeftForSlots || request.Window.IsCutShort,
            LeftForLimits = decision.LeftForLimits,
            NextStart = next,
        };
    }

    /// <summary>Puts jobs back in line that are this silo's, were not started, and are not among those it is starting.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PutBackAsync(string silo, long epoch, IEnumerable<JobKey> starting, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(LineStatements.PutBack);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = silo });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = epoch });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. starting.Select(job => Guid.ParseExact(job.Id, "N"))] });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Forgets whose turn it was of those who have started nothing since a time.</summary>
    public async Task ForgetTurnsAsync(DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(LineStatements.ForgetTurns);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = before.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static List<Lane> Due(IReadOnlyList<SeenLane> seen, DateTimeOffset now, int heads)
    {
        var lanes = new List<Lane>();
        foreach (var lane in seen)
        {
            DateTimeOffset[] due = [.. lane.Starts.TakeWhile(start => start <= now)];
            if (due.Length > 0) lanes.Add(new Lane(lane.Key, due, HasMore: due.Length == heads));
        }

        return lanes;
    }

    private static DateTimeOffset? NextStart(IReadOnlyList<SeenLane> seen, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var start in seen.Select(lane => lane.Starts.FirstOrDefault(start => start > now)))
        {
            if (start != default && (next is null || start < next)) next = start;
        }

        return next;
    }

    private async Task<QueueView> ViewAsync(
        NpgsqlConnection connection, List<Lane> lanes, ClaimRequest request, CancellationToken cancellationToken)
    {
        string[] tenants = [.. lanes.Select(lane => lane.Key.Tenant).Distinct(StringComparer.Ordinal)];
        PrincipalKey[] owners = [PrincipalKey.Everybody, .. tenants.Select(PrincipalKey.OfTenant), .. lanes.Select(lane => lane.Key.Principal).Distinct()];
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LineStatements.Owned));
        batch.BatchCommands.Add(LineWrites.Owners(LineStatements.Turns, owners));
        batch.BatchCommands.Add(TenantLimitTable.Select(tenants));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var owned = await ReadOwnedAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var turns = await ReadTurnsAsync(reader, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return new QueueView
        {
            Lanes = lanes, Owned = owned, Turns = turns, Tools = request.Tools, Tenants = await limits.ReadAsync(reader, tenants, cancellationToken),
        };
    }

    private static async Task<List<OwnedJobs>> ReadOwnedAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var owned = new List<OwnedJobs>();
        while (await reader.ReadAsync(cancellationToken))
            owned.Add(new OwnedJobs(new PrincipalKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), reader.GetString(3), reader.GetInt64(4)));
        return owned;
    }

    private static async Task<Dictionary<PrincipalKey, Turn>> ReadTurnsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var turns = new Dictionary<PrincipalKey, Turn>();
        while (await reader.ReadAsync(cancellationToken))
            turns.Add(new PrincipalKey(reader.GetString(0), reader.GetString(1), reader.GetString(2)), new Turn(reader.GetDouble(3), reader.GetDouble(4)));
        return turns;
    }
}
