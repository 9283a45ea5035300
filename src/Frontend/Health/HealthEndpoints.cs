using Actors.Frontend.Catalogues;
using Actors.Frontend.Draining;
using Actors.Frontend.Hosting;
using Actors.Storage.Postgres;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Health;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it can serve, that is, it knows the catalogue, a silo and the database
/// answer, and it has not been told to stop.
/// Both say nothing else, so they need no key; Host is not checked, because probes address a process by its IP.
/// </summary>
internal sealed class HealthEndpoints(StartGate gate, Drain drain, CatalogueFeed catalogue, DatabaseProbe database)
{
    public static Task LiveAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "ok");

    public async Task ReadyAsync(HttpContext http)
    {
        if (drain.IsDraining)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "draining");
        else if (!gate.IsOpen)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "starting");
        else if (!catalogue.IsLoaded)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "no catalogue yet");
        else if (!catalogue.IsConnected)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "no silo answers");
        else if (!await database.AnswersAsync(http.RequestAborted))
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "the database does not answer");
        else
            await AnswerAsync(http, StatusCodes.Status200OK, "ready");
    }

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
