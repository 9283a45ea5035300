using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>Whether the database answers at this moment, for a process's readiness.</summary>
public sealed partial class DatabaseProbe(NpgsqlDataSource database, ILogger<DatabaseProbe> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A server that hangs does not take a cancellation either: whoever asks is not kept waiting for that.
            await AskAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or SocketException or TimeoutException)
        {
            LogSilent(e.Message);
            return false;
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        await using var command = database.CreateCommand("select 1");
        await command.ExecuteScalarAsync(limit.Token);
    }

    [LoggerMessage(LogLevel.Warning, "Not ready: the database does not answer: {Reason}")]
    private partial void LogSilent(string reason);
}
