using System.Text;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Jobs;

/// <summary>
/// The SQL of a list. Only what the filter restricts is in it: a condition that may be switched off by a null would keep
/// the planner from starting at the cursor, and a late page would cost all that come before it.
/// </summary>
internal sealed class JobListStatement
{
    // A plan that is made while the table is small, and kept when it is not, must neither scan it nor sort what an index has in order.
    private const string ByIndex =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)";

    private const string Owned = "tenant = $1 AND issuer = $2 AND subject = $3";

    private const string Details =
        "tool, status, status_message, progress, progress_total, progress_message, updated_at, ended_at, expires_at, attempt, cancel, labels, tool_error";

    private const string Selected = $"id, created_at, {Details}, CASE WHEN status = 0 THEN run_at END AS start_at";

    private readonly NpgsqlBatchCommand _command = new();
    private readonly JobFilter _filter;
    private readonly JobCursor? _after;
    private readonly string _rows;

    // Not a parameter: a plan for any state cannot use an index of a few states.
    private readonly string _inState;

    private JobListStatement(Principal caller, JobFilter filter, JobCursor? after, int rows)
    {
        _filter = filter;
        _after = after;
        Add(NpgsqlDbType.Text, caller.Tenant);
        Add(NpgsqlDbType.Text, caller.Issuer);
        Add(NpgsqlDbType.Text, caller.Subject);
        _rows = Add(NpgsqlDbType.Integer, rows);
        _inState = filter.Status is { } status ? $" AND status = {(short)status}" : "";
    }

    /// <summary>The statements of a batch; the last one has the rows for <see cref="JobListPage"/>.</summary>
    public static NpgsqlBatchCommand[] Create(Principal caller, JobFilter filter, JobCursor? after, int rows, JobListWalk walk)
    {
        var statement = new JobListStatement(caller, filter, after, rows);
        statement._command.CommandText = walk.Source switch
        {
            JobListSource.Owner => statement.OfOwner("", statement.Content() + statement._inState, walk.Most),
            JobListSource.State => statement.OfOwner(statement._inState, statement.Content(), walk.Most),
            JobListSource.Label => statement.WithLabel(walk.Most),
            _ => statement.Live(),
        };
        return [new NpgsqlBatchCommand(ByIndex), statement._command];
    }

    /// <summary>Which are looked at is what an index of the owner's jobs knows; of what remains to be asked of each, only so many are looked at.</summary>
    private string OfOwner(string looked, string asked, int most)
    {
        looked += Bounds("id");
        if (asked.Length == 0)
            return $"SELECT {Selected}, true, false FROM actors.jobs WHERE {Owned}{looked} ORDER BY created_at DESC, id DESC LIMIT {_rows}";

        var last = Add(NpgsqlDbType.Bigint, (long)most);
        return $"""
            SELECT id, created_at, {Details}, start_at, matches, place = {last}
            FROM (SELECT {Selected}, (true{asked}) IS TRUE AS matches, row_number() OVER (ORDER BY created_at DESC, id DESC) AS place
                  FROM actors.jobs WHERE {Owned}{looked} ORDER BY created_at DESC, id DESC LIMIT {last}) walked
            WHERE matches OR place = {last} ORDER BY created_at DESC, id DESC LIMIT {_rows}
            """;
    }

    // A label's key only says where to look: the job's own label decides.
    private string WithLabel(int most)
    {
        var last = Add(NpgsqlDbType.Bigint, (long)most);
        var (name, value) = (Text(_filter.Label!.Value.Name), _filter.Label.Value.Value is { } wanted ? Text(wanted) : "NULL");
        return $"""
            SELECT walked.id, walked.created_at, {Details}, start_at, found IS TRUE, place = {last}
            FROM (SELECT job_id AS id, created_at, row_number() OVER (ORDER BY created_at DESC, job_id DESC) AS place
                  FROM actors.job_labels WHERE tenant = $1 AND label = actors.label_key($2, $3, {name}, {value}){Bounds("job_id")}
                  ORDER BY created_at DESC, job_id DESC LIMIT {last}) walked
            LEFT JOIN LATERAL (
                SELECT {Selected}, id = walked.id AND issuer = $2 AND subject = $3{Content()}{_inState} AS found
                FROM actors.jobs WHERE tenant = $1 AND {AtKey("walked.id")}) job ON true
            WHERE found OR place = {last} ORDER BY walked.created_at DESC, walked.id DESC LIMIT {_rows}
            """;
    }

    // By the indexes of what waits in line and of who runs what.
    private string Live()
    {
        var wanted = $"{Owned}{_inState}{Bounds("id")}{Content()}";
        return $"""
            WITH RECURSIVE {JobQueries.Owners}, live AS MATERIALIZED (
                SELECT id, created_at FROM actors.jobs WHERE silo IS NULL AND {wanted}
                UNION ALL
                SELECT job.id, job.created_at FROM owner CROSS JOIN LATERAL (
                    SELECT id, created_at FROM actors.jobs WHERE silo IS NOT NULL AND silo = owner.silo AND epoch = owner.epoch AND {wanted} OFFSET 0) job
            )
            SELECT job.* FROM (SELECT id AS live_id FROM live ORDER BY created_at DESC, id DESC LIMIT {_rows}) page
            CROSS JOIN LATERAL (SELECT {Selected}, true, false FROM actors.jobs WHERE tenant = $1 AND {AtKey("live_id")}) job
            ORDER BY created_at DESC, id DESC
            """;
    }

    // As an order, because an equality seems as good with other indexes while the planner knows nothing of the table, and such a plan is kept.
    private static string AtKey(string id) => $"id >= {id} ORDER BY id LIMIT 1";

    private string Bounds(string id)
    {
        var sql = new StringBuilder();
        if (_filter.CreatedFrom is { } from) sql.Append($" AND created_at >= {Add(NpgsqlDbType.TimestampTz, from.UtcDateTime)}");
        // The earlier one includes the other, and given both the index may begin at the later.
        if (_filter.CreatedBefore is { } before && !(_after?.CreatedAt < before.UtcDateTime))
            sql.Append($" AND created_at < {Add(NpgsqlDbType.TimestampTz, before.UtcDateTime)}");
        else if (_after is { } last)
            sql.Append($" AND (created_at, {id}) < ({Add(NpgsqlDbType.TimestampTz, last.CreatedAt)}, {Add(NpgsqlDbType.Uuid, last.Id)})");
        return sql.ToString();
    }

    private string Content()
    {
        var sql = new StringBuilder();
        if (_filter.Tool is { } tool) sql.Append($" AND tool = {Text(tool)}");
        if (_filter.Label is { } label)
            sql.Append(label.Value is { } value ? $" AND labels ->> {Text(label.Name)} = {Text(value)}" : $" AND labels ->> {Text(label.Name)} IS NOT NULL");
        if (!string.IsNullOrEmpty(_filter.Text))
            sql.Append($" AND position(lower({Text(_filter.Text)}) IN lower(tool || E'\\n' || coalesce(status_message, ''))) > 0");
        return sql.ToString();
    }

    private string Text(string text) => Add(NpgsqlDbType.Text, RowText.Storable(text));

    /// <summary>Adds a parameter, and returns how the statement names it.</summary>
    private string Add(NpgsqlDbType type, object value)
    {
        _command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
        return $"${_command.Parameters.Count}";
    }
}
