using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Sessions;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Headers;

/// <summary>What HTTP itself must get right before the body is looked at.</summary>
internal static class HttpPreconditions
{
    public static void Check(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method))
        {
            CheckOfSession(http);
            return;
        }
        if (!HttpMethods.IsPost(http.Request.Method))
            throw NotAllowed(http, "POST, GET, DELETE", "Only POST is served here, and GET and DELETE for a session.");
        if (!IsJson(http.Request.ContentType))
            throw new RefusedException(
                Refusal.UnsupportedMediaType, "The header Content-Type must be application/json (in UTF-8).");
        if (!Accepts(http.Request.Headers.Accept.ToString()))
            throw new RefusedException(
                Refusal.NotAcceptable, "The header Accept must list both application/json and text/event-stream.");
    }

    private static void CheckOfSession(HttpContext http)
    {
        if (!http.Request.Headers.ContainsKey(SessionHeaders.SessionId))
            throw NotAllowed(
                http,
                "POST",
                "Only POST is served here without a session: revision 2026-07-28 has no GET stream and no session to DELETE. Use subscriptions/listen.");
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString() is { Length: > 0 } accept
            && !accept.Contains("*/*", StringComparison.Ordinal) && !Lists(accept, "text/event-stream", "text/*"))
            throw new RefusedException(Refusal.NotAcceptable, "The header Accept must list text/event-stream.");
    }

    private static RefusedException NotAllowed(HttpContext http, string allowed, string message)
    {
        http.Response.Headers.Allow = allowed;
        return new RefusedException(Refusal.HttpMethodNotAllowed, message);
    }

    private static bool IsJson(string? contentType)
    {
        if (string.Equals(contentType, "application/json", StringComparison.OrdinalIgnoreCase))
            return true;
        return contentType is not null
            && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
            && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    // The client must list both (Sending Messages, 2). A request without the header accepts everything, as HTTP says.
    private static bool Accepts(string accept) =>
        accept.Length == 0
        || accept == "application/json, text/event-stream"
        || accept.Contains("*/*", StringComparison.Ordinal)
        || (Lists(accept, "application/json", "application/*") && Lists(accept, "text/event-stream", "text/*"));

    private static bool Lists(string accept, string type, string family) =>
        accept.Contains(type, StringComparison.OrdinalIgnoreCase) || accept.Contains(family, StringComparison.OrdinalIgnoreCase);
}
