using Actors.Jobs;
using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>Reads a row's columns one after the other.</summary>
internal struct ColumnCursor(NpgsqlDataReader reader, int firstColumn = 0)
{
    private int _column = firstColumn - 1;

    public string? Text() => Missing() ? null : reader.GetString(_column);

    public string[] Texts() => reader.GetFieldValue<string[]>(++_column);

    public byte[]? Bytes() => Missing() ? null : reader.GetFieldValue<byte[]>(_column);

    public Guid Id() => reader.GetGuid(++_column);

    public Guid? OptionalId() => Missing() ? null : reader.GetGuid(_column);

    public bool Flag() => reader.GetBoolean(++_column);

    public short Short() => reader.GetInt16(++_column);

    public short? OptionalShort() => Missing() ? null : reader.GetInt16(_column);

    public long Long() => reader.GetInt64(++_column);

    public int? Integer() => Missing() ? null : reader.GetInt32(_column);

    public double? Number() => Missing() ? null : reader.GetDouble(_column);

    public DateTimeOffset? Time() => Missing() ? null : new DateTimeOffset(reader.GetDateTime(_column), TimeSpan.Zero);

    public JobProgress? Progress()
    {
        var (progress, total, message) = (Number(), Number(), Text());
        return progress is { } value ? new JobProgress(value, total, message) : null;
    }

    public JobError? Error()
    {
        var (code, message, data) = (Integer(), Text(), Bytes());
        return code is { } value ? new JobError(value, message!, data) : null;
    }

    private bool Missing() => reader.IsDBNull(++_column);
}
