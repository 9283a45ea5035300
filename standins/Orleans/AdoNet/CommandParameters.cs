using System.Data;
using System.Data.Common;

namespace Orleans.AdoNet;

/// <summary>Adds parameters with their types, so that a null has one too.</summary>
internal static class CommandParameters
{
    public static DbCommand With(this DbCommand command, string name, string? value) => command.With(name, DbType.String, value);

    public static DbCommand With(this DbCommand command, string name, int value) => command.With(name, (int?)value);

    public static DbCommand With(this DbCommand command, string name, int? value) => command.With(name, DbType.Int32, value);

    public static DbCommand With(this DbCommand command, string name, long? value) => command.With(name, DbType.Int64, value);

    public static DbCommand With(this DbCommand command, string name, byte[]? value) => command.With(name, DbType.Binary, value);

    public static DbCommand With(this DbCommand command, string name, DateTimeOffset value) =>
        command.With(name, DbType.DateTime, value.UtcDateTime);

    private static DbCommand With(this DbCommand command, string name, DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
        return command;
    }
}
