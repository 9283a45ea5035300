using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>A loop's own connection: opened when needed, and again after it broke.</summary>
internal sealed class BatchConnection(NpgsqlDataSource dataSource) : IAsyncDisposable, IDisposable
{
    // A batch finds its rows by their keys, whatever the planner thought of the table when it was small: a plan that is
    // kept for long must not scan it.
    private const string Settings = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

    private NpgsqlConnection? _connection;

    /// <summary>Whether it was opened before and nobody has noticed a fault since.</summary>
    public bool IsOpen => _connection is { FullState: System.Data.ConnectionState.Open };

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (IsOpen) return _connection!;

        await DropAsync();
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(Settings, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    /// <summary>Lets go of a connection that may be broken.</summary>
    public async ValueTask DropAsync()
    {
        if (_connection is null) return;
        var connection = _connection;
        _connection = null;
        await connection.DisposeAsync();
    }

    public ValueTask DisposeAsync() => DropAsync();

    public void Dispose() => _connection?.Dispose();
}
