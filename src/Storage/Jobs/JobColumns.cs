using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Tenants;
using Npgsql;
using static Actors.Storage.Jobs.ColumnUse;

namespace Actors.Storage.Jobs;

/// <summary>The columns of <c>jobs</c> that a <see cref="JobRow"/> fills, and how one is read back.</summary>
internal static class JobColumns
{
    public static readonly JobColumn[] All =
    [
        JobColumn.Create("tenant", "text", Creation, write => write.Key.Tenant),
        JobColumn.Create("id", "uuid", Creation, write => write.Id),
        JobColumn.Create("version", "bigint", Always, write => write.NewVersion),
        JobColumn.Create("write_tag", "integer", Always, write => write.Tag),
        JobColumn.Create("issuer", "text", Creation, write => write.Row.Owner.Issuer),
        JobColumn.Create("subject", "text", Creation, write => write.Row.Owner.Subject),
        JobColumn.Create("client", "text", Creation, write => write.Row.Owner.Client),
        JobColumn.Create("tool", "text", Creation, write => write.Row.Tool),
        JobColumn.Create("labels", "jsonb", Creation, write => write.Row.Labels),
        JobColumn.Create("params", "bytea", Creation, write => write.Row.Params),
        JobColumn.Create("protocol_version", "text", Creation, write => write.Row.ProtocolVersion),
        JobColumn.Create("client_capabilities", "bytea", Creation, write => write.Row.ClientCapabilities),
        JobColumn.Create("client_info", "bytea", Creation, write => write.Row.ClientInfo),
        JobColumn.Create("through_job_tools", "boolean", Creation, write => write.Row.AnswersThroughJobTools),
        JobColumn.Create("created_at", "timestamptz", Creation, write => write.Row.CreatedAt.UtcDateTime),
        JobColumn.Create("priority", "smallint", Creation, write => (short)write.Row.Priority),
        JobColumn.Create("options", "bytea", Creation, write => OptionsFormat.Write(write.Row.Options)),
        JobColumn.Create("status", "smallint", Always, write => (short)write.Row.Status),
        JobColumn.Create("status_message", "text", Always, write => write.Row.StatusMessage),
        JobColumn.Create("updated_at", "timestamptz", Always, write => write.Row.UpdatedAt.UtcDateTime),
        JobColumn.Create("started_at", "timestamptz", Always, write => write.Row.StartedAt?.UtcDateTime),
        JobColumn.Create("ended_at", "timestamptz", Always, write => write.Row.EndedAt?.UtcDateTime),
        JobColumn.Create("expires_at", "timestamptz", Always, write => write.Row.ExpiresAt?.UtcDateTime),
        JobColumn.Create("attempt", "integer", Always, write => write.Row.Attempt),
        JobColumn.Create("run_at", "timestamptz", Always, write => write.Row.RunAt.UtcDateTime),
        JobColumn.Create("attempt_started_at", "timestamptz", Always, write => write.Row.AttemptStartedAt?.UtcDateTime),
        JobColumn.Create("waited_ms", "bigint", Always, write => (long)write.Row.Waited.TotalMilliseconds),
        JobColumn.Create("waiting_since", "timestamptz", Always, write => write.Row.WaitingSince?.UtcDateTime),
        JobColumn.Create("deadline_at", "timestamptz", Always, write => write.Row.DeadlineAt?.UtcDateTime),
        JobColumn.Create("input_expires_at", "timestamptz", Always, write => write.Row.InputExpiresAt?.UtcDateTime),
        JobColumn.Create("silo", "text", Always, write => write.Row.Silo),
        JobColumn.Create("epoch", "bigint", Always, write => write.Row.Epoch),
        JobColumn.Create("cancel", "smallint", Always, write => (short)write.Row.Cancel),
        JobColumn.Create("cancel_reason", "text", Always, write => write.Row.CancelReason),
        JobColumn.Create("progress", "double precision", Always, write => write.Row.Progress?.Progress),
        JobColumn.Create("progress_total", "double precision", Always, write => write.Row.Progress?.Total),
        JobColumn.Create("progress_message", "text", Always, write => write.Row.Progress?.Message),
        JobColumn.Create("error_code", "integer", Always, write => write.Row.Error?.Code),
        JobColumn.Create("error_message", "text", Always, write => write.Row.Error?.Message),
        JobColumn.Create("error_data", "bytea", Always, write => write.Row.Error?.Data),
        JobColumn.Create("tool_error", "boolean", Always, write => write.Row.IsToolError),
        JobColumn.Create("attempts", "bytea", WhenChanged, write => write.Attempts),
        JobColumn.Create("checkpoint", "bytea", WhenChanged, write => write.Checkpoint),
        JobColumn.Create("exchanges", "bytea", WhenChanged, write => write.Exchanges),
        JobColumn.Create("result", "bytea", WhenChanged, write => write.Result),
    ];

    /// <summary>The select list that <see cref="Read"/> expects, each name behind <paramref name="prefix"/>.</summary>
    public static string Selected(string prefix) => string.Join(", ", All.Select(column => prefix + column.Name));

    /// <summary>Reads the columns in the order of <see cref="All"/>, which is the order of the lines below.</summary>
    public static StoredRow Read(NpgsqlDataReader reader, int firstColumn = 0)
    {
        var next = new ColumnCursor(reader, firstColumn);
        var tenant = next.Text()!;
        var id = next.Id();
        var version = next.Long();
        var tag = next.Integer()!.Value;
        var isKnown = true;
        var row = new JobRow
        {
            Id = id.ToString("N"),
            Owner = new Principal(tenant, next.Text()!, next.Text()!, next.Text()!),
            Tool = next.Text()!,
            Labels = next.Text(),
            Params = next.Bytes()!,
            ProtocolVersion = next.Text()!,
            ClientCapabilities = next.Bytes()!,
            ClientInfo = next.Bytes(),
            AnswersThroughJobTools = next.Flag(),
            CreatedAt = next.Time()!.Value,
            Priority = next.Short(),
            Options = Options(next.Bytes(), ref isKnown),
            Status = (JobStatus)next.Short(),
            StatusMessage = next.Text(),
            UpdatedAt = next.Time()!.Value,
            StartedAt = next.Time(),
            EndedAt = next.Time(),
            ExpiresAt = next.Time(),
            Attempt = next.Integer()!.Value,
            RunAt = next.Time()!.Value,
            AttemptStartedAt = next.Time(),
            Waited = TimeSpan.FromMilliseconds(next.Long()),
            WaitingSince = next.Time(),
            DeadlineAt = next.Time(),
            InputExpiresAt = next.Time(),
            Silo = next.Text(),
            Epoch = next.Long(),
            Cancel = (CancelState)next.Short(),
            CancelReason = next.Text(),
            Progress = next.Progress(),
            Error = next.Error(),
            IsToolError = next.Flag(),
            Attempts = Attempts(next.Bytes(), ref isKnown),
            Checkpoint = next.Bytes(),
            Exchanges = Exchanges(next.Bytes(), ref isKnown),
            Result = next.Bytes(),
        };
        return new StoredRow(row, version, tag) { IsKnown = isKnown && Enum.IsDefined(row.Status) && Enum.IsDefined(row.Cancel) };
    }

    private static JobOptions? Options(byte[]? stored, ref bool isKnown)
    {
        isKnown &= OptionsFormat.TryRead(stored, out var options);
        return options;
    }

    private static ImmutableArray<AttemptRecord> Attempts(byte[]? stored, ref bool isKnown)
    {
        isKnown &= AttemptFormat.TryRead(stored, out var attempts);
        return attempts;
    }

    private static ImmutableArray<InputExchange> Exchanges(byte[]? stored, ref bool isKnown)
    {
        isKnown &= ExchangeFormat.TryRead(stored, out var exchanges);
        return exchanges;
    }
}
