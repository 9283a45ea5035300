using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>The process's one pool of connections.</summary>
internal static class DataSource
{
    public static NpgsqlDataSource Create(StorageOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.MaxPoolSize = options.MaxConnections;
        settings.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= "actors";
        // No logger: Npgsql writes a line for every statement, and what fails is logged by whoever asked.
        return builder.Build();
    }
}
