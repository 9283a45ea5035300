using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>The statements of a batch, one for all rows of a kind. Each returns the ids of the rows it wrote.</summary>
internal static class WriteStatements
{
    private static readonly JobColumn[] Updated = [.. JobColumns.All.Where(column => column.Use is not ColumnUse.Creation || column.Name is "tenant" or "id")];

    // What hardly any new job has. A column of a statement costs each of its rows, though there is nothing in it.
    private static readonly JobColumn[] Rare = [.. JobColumns.All.Where(column => column.Name is
        "ended_at" or "waiting_since" or "deadline_at" or "input_expires_at" or "cancel_reason" or "progress" or "progress_total" or "progress_message"
        or "error_code" or "error_message" or "error_data" or "attempts" or "checkpoint" or "exchanges" or "result")];

    private static readonly JobColumn[] Usual = [.. JobColumns.All.Except(Rare)];

    // It looks before each row whether it is there, which costs, and hardly ever is one.
    private const string WhereNew = "ON CONFLICT (tenant, id) DO NOTHING";

    private static readonly (string Try, string WhereNew) InsertAll = (Insert(JobColumns.All, ""), Insert(JobColumns.All, WhereNew));
    private static readonly (string Try, string WhereNew) InsertUsual = (Insert(Usual, ""), Insert(Usual, WhereNew));

    private static readonly string Update =
        $"""
        UPDATE actors.jobs j SET {string.Join(", ", Updated.Where(column => column.Use is not ColumnUse.Creation).Select(Assignment))}
        FROM unnest({Parameters([.. Updated.Select(column => column.Type), "boolean", "boolean", "boolean", "boolean"])})
             AS w ({string.Join(", ", Updated.Select(column => column.Name))}, attempts_changed, checkpoint_changed, exchanges_changed, result_changed)
        WHERE j.tenant = w.tenant AND j.id = w.id AND j.version = w.version - 1
        RETURNING j.id
        """;

    private const string Delete =
        """
        DELETE FROM actors.jobs j USING unnest($1::text[], $2::uuid[], $3::bigint[]) AS w (tenant, id, version)
        WHERE j.tenant = w.tenant AND j.id = w.id AND j.version = w.version
        RETURNING j.id
        """;

    public static NpgsqlBatchCommand RequireLease(string silo, long epoch) => new("SELECT actors.require_lease($1, $2)")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = silo }, new NpgsqlParameter<long> { TypedValue = epoch } },
    };

    /// <param name="kind">What is done with the rows.</param>
    /// <param name="writes">The rows.</param>
    /// <param name="mayExist">Whether rows to create may be there, and are then left alone; otherwise one that is there fails the statement.</param>
    public static NpgsqlBatchCommand Command(WriteKind kind, IReadOnlyList<PendingWrite> writes, bool mayExist)
    {
        var isUsual = kind is WriteKind.Create && Rare.All(column => column.IsEmpty(writes));
        var insert = isUsual ? InsertUsual : InsertAll;
        var (sql, parameters) = kind switch
        {
            WriteKind.Create => (mayExist ? insert.WhereNew : insert.Try, (isUsual ? Usual : JobColumns.All).Select(column => column.Values(writes))),
            WriteKind.Update => (Update, Updated.Select(column => column.Values(writes)).Concat(
                [Flags(writes, write => write.AttemptsChanged), Flags(writes, write => write.CheckpointChanged), Flags(writes, write => write.ExchangesChanged), Flags(writes, write => write.ResultChanged)])),
            _ => (Delete, [Array(writes, write => write.Key.Tenant), Array(writes, write => write.Id), Array(writes, write => write.ExpectedVersion)]),
        };
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return command;
    }

    private static string Insert(IReadOnlyCollection<JobColumn> columns, string onConflict) =>
        $"""
        INSERT INTO actors.jobs ({string.Join(", ", columns.Select(column => column.Name))})
        SELECT * FROM unnest({Parameters(columns.Select(column => column.Type))})
        {onConflict}
        RETURNING id
        """;

    private static string Parameters(IEnumerable<string> types) => string.Join(", ", types.Select((type, index) => $"${index + 1}::{type}[]"));

    // A value left as it is keeps its place out of line: it is neither sent, nor read, nor written again.
    private static string Assignment(JobColumn column) => column.Use is ColumnUse.WhenChanged
        ? $"{column.Name} = CASE WHEN w.{column.Name}_changed THEN w.{column.Name} ELSE j.{column.Name} END"
        : $"{column.Name} = w.{column.Name}";

    private static NpgsqlParameter<bool[]> Flags(IReadOnlyList<PendingWrite> writes, Func<PendingWrite, bool> value) => Array(writes, value);

    private static NpgsqlParameter<T[]> Array<T>(IReadOnlyList<PendingWrite> writes, Func<PendingWrite, T> value) =>
        new() { TypedValue = [.. writes.Select(value)] };
}
