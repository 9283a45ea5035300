using System.Data.Common;

namespace Orleans.AdoNet;

/// <summary>Runs statements with named parameters, each on a connection of its own.</summary>
internal sealed class AdoNetDatabase : IDisposable
{
    // A statement on these small tables that takes longer will not help whoever waits for it.
    private const int CommandTimeoutSeconds = 10;

    private readonly DbDataSource _dataSource;
    private readonly bool _isOurs;

    private AdoNetDatabase(DbDataSource dataSource, bool isOurs)
    {
        _dataSource = dataSource;
        _isOurs = isOurs;
    }

    /// <summary>On the data source of the options, or one of our own from their provider and connection string.</summary>
    public static AdoNetDatabase Open(string invariant, string? connectionString, DbDataSource? dataSource) =>
        new(AdoNetProvider.Open(invariant, connectionString, dataSource), isOurs: dataSource is null);

    public void Dispose()
    {
        if (_isOurs) _dataSource.Dispose();
    }

    public async Task<List<T>> ReadAsync<T>(
        string sql, Action<DbCommand> bind, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = NewCommand(connection, sql);
        bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    public Task ExecuteAsync(string sql, Action<DbCommand> bind, CancellationToken cancellationToken) =>
        ReadAsync(sql, bind, static _ => 0, cancellationToken);

    /// <summary>Runs statements that only make sense together.</summary>
    public async Task InTransactionAsync(Func<Func<string, DbCommand>, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await work(sql =>
        {
            var command = NewCommand(connection, sql);
            command.Transaction = transaction;
            return command;
        });
        await transaction.CommitAsync(cancellationToken);
    }

    private static DbCommand NewCommand(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = CommandTimeoutSeconds;
        return command;
    }
}
