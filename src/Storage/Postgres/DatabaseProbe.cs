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
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Timeout);
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or SocketException)
        {
            LogSilent(e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not ready: the database does not answer: {Reason}")]
    private partial void LogSilent(string reason);
}
