using Actors.Storage.Postgres;
using Npgsql;

namespace Actors.Storage.Leases;

/// <summary>
/// The connection of a lease. It blocks the thread that uses it, on purpose: an answer that had to wait for a thread of the pool could
/// come too late, just when the process has the most to do.
/// </summary>
internal sealed class LeaseConnection(NpgsqlDataSource dataSource) : IDisposable
{
    private readonly Lock _oneAtATime = new();
    private NpgsqlConnection? _connection;
    private volatile bool _isDisposed;

    /// <summary>Runs a statement that may be said twice, and returns its first value; null where it has none.</summary>
    public object? Execute(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        lock (_oneAtATime)
        {
            var waited = _connection is { FullState: System.Data.ConnectionState.Open };
            try
            {
                return Send(sql, parameters);
            }
            catch (NpgsqlException exception) when (waited && PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
            {
                // The connection broke, perhaps while it lay idle and long ago.
                return Send(sql, parameters);
            }
            finally
            {
                if (_isDisposed) Drop();
            }
        }
    }

    /// <summary>A statement that is under way, which nobody waits for any more, closes the connection when it ends.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (!_oneAtATime.TryEnter()) return;

        try
        {
            Drop();
        }
        finally
        {
            _oneAtATime.Exit();
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private object? Send(string sql, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        try
        {
            using var command = new NpgsqlCommand(sql, Open());
            foreach (var parameter in parameters) command.Parameters.Add(parameter.Clone());
            return command.ExecuteScalar();
        }
        catch
        {
            Drop();
            throw;
        }
    }

    private NpgsqlConnection Open()
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open } open) return open;

        Drop();
        return _connection = dataSource.OpenConnection();
    }
}
