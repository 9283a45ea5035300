using System.Text;
using Actors.Jobs;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Jobs;

/// <summary>
/// The SQL of a list. Only what the filter restricts is in it: a condition that may be switched off by a null would keep
/// the planner from starting at the cursor, and a late page would cost all that come before it.
/// </summary>
internal static class JobListStatement
{
    private const string Select =
        """
        SELECT id, tool, status, status_message, progress, progress_total, progress_message,
               created_at, updated_at, ended_at, expires_at, attempt, cancel, labels, tool_error,
               CASE WHEN status = 0 THEN run_at END
        FROM actors.jobs
        WHERE tenant = $1 AND issuer = $2 AND subject = $3
        """;

    public static NpgsqlCommand Create(NpgsqlDataSource dataSource, Principal caller, JobFilter filter, JobCursor? after, int rows)
    {
        var command = dataSource.CreateCommand();
        var sql = new StringBuilder(Select);
        Add(command, NpgsqlDbType.Text, caller.Tenant);
        Add(command, NpgsqlDbType.Text, caller.Issuer);
        Add(command, NpgsqlDbType.Text, caller.Subject);
        if (filter.Tool is { } tool) sql.Append($" AND tool = {Add(command, NpgsqlDbType.Text, RowText.Storable(tool))}");
        if (!filter.Statuses.IsDefaultOrEmpty)
            sql.Append($" AND status = ANY ({Add(command, NpgsqlDbType.Array | NpgsqlDbType.Smallint, filter.Statuses.Select(status => (short)status).ToArray())})");
        if (filter.Label is { } label)
            sql.Append(label.Value is { } value
                ? $" AND labels ->> {Add(command, NpgsqlDbType.Text, RowText.Storable(label.Name))} = {Add(command, NpgsqlDbType.Text, RowText.Storable(value))}"
                : $" AND labels ->> {Add(command, NpgsqlDbType.Text, RowText.Storable(label.Name))} IS NOT NULL");
        if (filter.CreatedFrom is { } from) sql.Append($" AND created_at >= {Add(command, NpgsqlDbType.TimestampTz, from.UtcDateTime)}");
        if (filter.CreatedBefore is { } before) sql.Append($" AND created_at < {Add(command, NpgsqlDbType.TimestampTz, before.UtcDateTime)}");
        if (!string.IsNullOrEmpty(filter.Text))
            sql.Append($" AND position(lower({Add(command, NpgsqlDbType.Text, RowText.Storable(filter.Text))}) IN lower(tool || E'\\n' || coalesce(status_message, ''))) > 0");
        if (after is { } last)
            sql.Append($" AND (created_at, id) < ({Add(command, NpgsqlDbType.TimestampTz, last.CreatedAt)}, {Add(command, NpgsqlDbType.Uuid, last.Id)})");
        sql.Append($" ORDER BY created_at DESC, id DESC LIMIT {Add(command, NpgsqlDbType.Integer, rows)}");
        command.CommandText = sql.ToString();
        return command;
    }

    public static JobSummary Read(NpgsqlDataReader reader)
    {
        var next = new ColumnCursor(reader);
        return new JobSummary
        {
            Id = next.Id().ToString("N"),
            Tool = next.Text()!,
            Status = (JobStatus)next.Short(),
            StatusMessage = next.Text(),
            Progress = next.Progress(),
            CreatedAt = next.Time()!.Value,
            UpdatedAt = next.Time()!.Value,
            EndedAt = next.Time(),
            ExpiresAt = next.Time(),
            Attempt = next.Integer()!.Value,
            Cancel = (CancelState)next.Short(),
            Labels = next.Text(),
            IsToolError = next.Flag(),
            StartAt = next.Time(),
        };
    }

    /// <summary>Adds a parameter, and returns how the statement names it.</summary>
    private static string Add(NpgsqlCommand command, NpgsqlDbType type, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
        return $"${command.Parameters.Count}";
    }
}
