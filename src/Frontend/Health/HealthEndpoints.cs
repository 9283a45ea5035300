using Actors.Frontend.Catalogues;
using Actors.Storage.Postgres;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Health;

/// <summary>
/// <c>/healthz</c>: the process answers. <c>/readyz</c>: it can serve, that is, it knows the catalogue and the database answers.
/// Both say nothing else, so they need no key; Host is not checked, because probes address a process by its IP.
/// </summary>
internal sealed class HealthEndpoints(CatalogueFeed catalogue, DatabaseProbe database)
{
    public static Task LiveAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "ok");

    public async Task ReadyAsync(HttpContext http)
    {
        if (!catalogue.IsLoaded)
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "no catalogue yet");
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
