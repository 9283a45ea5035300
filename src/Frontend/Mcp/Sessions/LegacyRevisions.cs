using System.Collections.Frozen;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The revisions with sessions, 2024-11-05 to 2025-11-25: which request may be served, and by which method. Most methods are those of
/// 2026-07-28, which differ in what is written around their results.
/// </summary>
internal sealed class LegacyRevisions
{
    private readonly FrozenDictionary<string, McpMethod> _methods;

    public LegacyRevisions(IEnumerable<McpMethod> shared, IEnumerable<LegacyMethod> own) =>
        _methods = shared.Where(method => !method.IsModern).Concat(own).ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);

    /// <summary>
    /// Whether a message is of these revisions (2026-07-28, Versioning): it names one of them, or none and opens or uses a
    /// session. What says both is left to 2026-07-28, which refuses it.
    /// </summary>
    public static bool Claim(HttpContext http, in MirroredValues mirrored, Envelope envelope)
    {
        if (envelope.ProtocolVersion is not null)
            return false;
        return mirrored.Version is { } version
            ? Revisions.IsLegacy(version)
            : http.Request.Headers.ContainsKey(SessionHeaders.SessionId) || envelope is { Method: "initialize", IsResponse: false };
    }

    /// <exception cref="RefusedException">The session's revision has no such method, or what the method needs is missing.</exception>
    public McpMethod Accept(Session session, Envelope envelope)
    {
        var isKnown = _methods.TryGetValue(envelope.Method!, out var method)
            && (method is not LegacyMethod own || Revisions.IsAtLeast(session.Revision, own.Since));
        if (!isKnown)
            throw new RefusedException(
                Refusal.MethodNotFound, $"The method '{envelope.Method}' is not served here in revision {session.Revision}.");
        var (field, value) = method!.Mirrors switch
        {
            MirroredMember.Name => ("params.name", envelope.Name),
            MirroredMember.Uri => ("params.uri", envelope.Uri),
            MirroredMember.TaskId => ("params.taskId", envelope.TaskId),
            _ => ("", ""),
        };
        return value is null
            ? throw new RefusedException(Refusal.InvalidParams, field + " is missing; it must be a string.")
            : method;
    }
}
