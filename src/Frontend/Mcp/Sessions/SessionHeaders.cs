using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>The headers of the revisions with sessions (2025-11-25, Streamable HTTP).</summary>
internal static class SessionHeaders
{
    public const string SessionId = "Mcp-Session-Id";
    public const string LastEventId = "Last-Event-ID";

    /// <exception cref="RefusedException">There is none (Session Management, 2: 400).</exception>
    public static string RequireSessionId(HttpContext http) =>
        RequestHeaders.Value(http.Request.Headers, SessionId) is { Length: > 0 } id
            ? id
            : throw new RefusedException(
                Refusal.InvalidRequest,
                "The header Mcp-Session-Id is missing: send initialize first, and then the id that its answer's header names with every request.");

    /// <exception cref="RefusedException">It names a revision that is not served with sessions (Protocol Version Header: 400).</exception>
    public static void CheckVersion(HttpContext http)
    {
        if (RequestHeaders.Value(http.Request.Headers, RequestHeaders.ProtocolVersion) is { } version && !Revisions.IsLegacy(version))
            throw Revision20260728.Unsupported($"The protocol version '{version}' has no sessions here.", version);
    }
}
