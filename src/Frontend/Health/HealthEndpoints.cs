using Actors.Frontend.Catalogues;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Frontend.Health;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it can serve, that is, it knows the catalogue and the database answers.
/// Both say nothing else, so they need no key; Host is not checked, because probes address a process by its IP.
/// </summary>
internal sealed partial class HealthEndpoints(CatalogueFeed catalogue, NpgsqlDataSource database, ILogger<HealthEndpoints> logger)
{
    private static readonly TimeSpan DatabaseTimeout = TimeSpan.FromSeconds(2);

    public static Task LiveAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "ok");

    public async Task ReadyAsync(HttpContext http)
    {
        if (!catalogue.IsLoaded)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "no catalogue yet");
        else if (!await DatabaseAnswersAsync(http.RequestAborted))
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "the database does not answer");
        else
            await AnswerAsync(http, StatusCodes.Status200OK, "ready");
    }

    private async Task<bool> DatabaseAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(DatabaseTimeout);
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            LogDatabase(e);
            return false;
        }
    }

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Warning, "Not ready: the database does not answer")]
    private partial void LogDatabase(Exception exception);
}
