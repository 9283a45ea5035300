namespace Actors.Frontend.Mcp.Requests;

/// <summary>
/// What one pass over the body found: the parts of the JSON-RPC envelope and of <c>_meta</c> that decide where a request goes.
/// Everything else stays bytes.
/// </summary>
internal sealed class Envelope
{
    /// <summary>The id as it was sent, JSON and all; null in a notification.</summary>
    public byte[]? Id { get; set; }

    public string? Method { get; set; }

    /// <summary>It carries <c>result</c> or <c>error</c>: a response, which a client does not send in revision 2026-07-28.</summary>
    public bool IsResponse { get; set; }

    /// <summary>The value of <c>result</c>, in a response.</summary>
    public JsonSpan Result { get; set; }

    /// <summary>The value of <c>error</c>, in a response.</summary>
    public JsonSpan Error { get; set; }

    public bool HasParams { get; set; }

    public JsonSpan Params { get; set; }

    public string? Name { get; set; }

    public string? Uri { get; set; }

    public string? TaskId { get; set; }

    public bool HasMeta { get; set; }

    public string? ProtocolVersion { get; set; }

    public JsonSpan ClientCapabilities { get; set; }

    public JsonSpan ClientInfo { get; set; }

    public string? LogLevel { get; set; }

    public JsonSpan ProgressToken { get; set; }

    /// <summary>Whether <c>_meta</c> may hold options of a call: few requests have any, and no other need be looked at for them.</summary>
    public bool HasCallOptions { get; set; }

    public bool DeclaresTasks { get; set; }

    public bool DeclaresElicitation { get; set; }

    public bool DeclaresSampling { get; set; }

    public bool DeclaresRoots { get; set; }
}
