using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>The process's pool of connections, and the lease's own.</summary>
internal static class DataSource
{
    /// <summary>One connection, and a second while the server has not noticed the end of the first.</summary>
    private const int LeaseConnections = 2;

    /// <summary>A statement of the lease that gets no answer is given up this many times within the time that the lease can be used.</summary>
    private const int LeaseTries = 3;

    public static NpgsqlDataSource Create(StorageOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.MaxPoolSize = options.MaxConnections;
        settings.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= "actors";
        return Build(builder);
    }

    /// <summary>A lease must not be lost because others use up the pool, or because one connection hangs.</summary>
    public static NpgsqlDataSource CreateForLease(StorageOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var settings = builder.ConnectionStringBuilder;
        settings.MaxPoolSize = LeaseConnections;
        settings.Timeout = settings.CommandTimeout = Math.Max(1, (int)((options.Lease.Duration - options.Lease.StopMargin).TotalSeconds / LeaseTries));
        // The statement is said again on another connection; whether this one was ended there does not matter.
        settings.CancellationTimeout = -1;
        settings.ApplicationName = $"{settings.ApplicationName ?? "actors"}-lease";
        return Build(builder);
    }

    private static NpgsqlDataSource Build(NpgsqlDataSourceBuilder builder)
    {
        // No logger: Npgsql writes a line for every statement, and what fails is logged by whoever asked.
        return builder.Build();
    }
}
