using System.Collections.Frozen;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp;

/// <summary>
/// The stateless revision: everything a request needs is in its headers and its <c>_meta</c>. Decides whether a request may
/// be served, and by which method; the order of the checks is the order in which a client can mend them.
/// </summary>
internal sealed class Revision20260728
{
    private readonly FrozenDictionary<string, McpMethod> _methods;

    public Revision20260728(IEnumerable<McpMethod> methods) =>
        _methods = methods.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);

    /// <exception cref="RefusedException">The request breaks a rule of the revision.</exception>
    public McpMethod Accept(in MirroredValues mirrored, Envelope envelope)
    {
        CheckVersion(mirrored, envelope);
        RequestHeaders.CheckMethod(mirrored, envelope);
        if (!_methods.TryGetValue(envelope.Method!, out var method))
            throw new RefusedException(
                Refusal.MethodNotFound, $"The method '{envelope.Method}' is not served here in revision {Revisions.V20260728}.");
        CheckMeta(envelope);
        CheckName(mirrored, envelope, method);
        return method;
    }

    /// <exception cref="RefusedException">Header and body disagree, or name a revision that is not served here.</exception>
    public static void CheckVersion(in MirroredValues mirrored, Envelope envelope)
    {
        var declared = envelope.ProtocolVersion;
        if (mirrored.Version is null)
            throw declared is null
                ? Unsupported("The request names no protocol version and belongs to no session: name 2026-07-28 in header and _meta, or send initialize first and then its Mcp-Session-Id.", "none")
                : RequestHeaders.Mismatch($"The header MCP-Protocol-Version is missing; it must be '{declared}', like the body's _meta.");
        if (declared is not null && !string.Equals(mirrored.Version, declared, StringComparison.Ordinal))
            throw RequestHeaders.Mismatch(
                $"The header MCP-Protocol-Version is '{mirrored.Version}' but params._meta says '{declared}'; they must be equal.");
        if (!string.Equals(mirrored.Version, Revisions.V20260728, StringComparison.Ordinal))
            throw Unsupported($"The protocol version '{mirrored.Version}' is not served here.", mirrored.Version);
    }

    private static void CheckMeta(Envelope envelope)
    {
        if (!envelope.HasParams || !envelope.HasMeta)
            throw MissingMeta("params._meta is missing; it must hold io.modelcontextprotocol/protocolVersion and io.modelcontextprotocol/clientCapabilities.");
        if (envelope.ProtocolVersion is null)
            throw MissingMeta("params._meta[\"io.modelcontextprotocol/protocolVersion\"] is missing; it must be \"2026-07-28\".");
        if (!envelope.ClientCapabilities.IsPresent)
            throw MissingMeta("params._meta[\"io.modelcontextprotocol/clientCapabilities\"] is missing; it must be an object, empty where there are none.");
        if (envelope.LogLevel is { } level && !LogLevels.Contains(level))
            throw MissingMeta(
                "params._meta[\"io.modelcontextprotocol/logLevel\"] must be one of debug, info, notice, warning, error, critical, alert, emergency.");
    }

    private static void CheckName(in MirroredValues mirrored, Envelope envelope, McpMethod method)
    {
        if (method.Mirrors == MirroredMember.None)
            return;
        var (field, value) = method.Mirrors switch
        {
            MirroredMember.Name => ("params.name", envelope.Name),
            MirroredMember.Uri => ("params.uri", envelope.Uri),
            _ => ("params.taskId", envelope.TaskId),
        };
        if (value is null)
            throw new RefusedException(Refusal.InvalidParams, field + " is missing; it must be a string.");
        RequestHeaders.CheckName(mirrored, field, value, required: method.Mirrors != MirroredMember.TaskId);
    }

    /// <summary>UnsupportedProtocolVersionError, with what is served in its data.</summary>
    public static RefusedException Unsupported(string message, string requested)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteStartArray("supported");
        foreach (var revision in Revisions.All)
            json.Writer.WriteStringValue(revision);
        json.Writer.WriteEndArray();
        json.Writer.WriteString("requested", requested);
        json.Writer.WriteEndObject();
        return new RefusedException(
            Refusal.UnsupportedVersion, $"{message} Supported: {string.Join(", ", Revisions.All)}.", json.Written.ToArray());
    }

    private static RefusedException MissingMeta(string message) => new(Refusal.InvalidMeta, message);
}
