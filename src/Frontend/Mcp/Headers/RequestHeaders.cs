using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Headers;

/// <summary>The headers every POST carries, and the rules that tie them to the body (Streamable HTTP, Server Validation).</summary>
internal static class RequestHeaders
{
    public const string ProtocolVersion = "MCP-Protocol-Version";
    public const string Method = "Mcp-Method";
    public const string Name = "Mcp-Name";

    public static MirroredValues Read(HttpContext http)
    {
        var headers = http.Request.Headers;
        return new MirroredValues(Value(headers, ProtocolVersion), Value(headers, Method), Value(headers, Name));
    }

    /// <summary>Value of one header; several lines of it count as one text, which then matches nothing. Null: no such header.</summary>
    public static string? Value(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count > 0 ? values.ToString() : null;

    public static void CheckMethod(in MirroredValues mirrored, Envelope envelope)
    {
        if (mirrored.Method is null)
            throw Mismatch($"The header Mcp-Method is missing; it must be '{envelope.Method}', like the body's method.");
        if (!string.Equals(mirrored.Method, envelope.Method, StringComparison.Ordinal))
            throw Mismatch(
                $"The header Mcp-Method is '{mirrored.Method}' but the body's method is '{envelope.Method}'; they must be equal, case included.");
    }

    /// <param name="mirrored">The headers.</param>
    /// <param name="field">Which member of the body the header mirrors, for the message.</param>
    /// <param name="expected">Its value.</param>
    /// <param name="required">
    /// Not for tasks/*: the extension obliges the client to send it there, but only a wrong one can do harm, and clients exist that send none.
    /// </param>
    public static void CheckName(in MirroredValues mirrored, string field, string expected, bool required)
    {
        if (mirrored.Name is null)
        {
            if (required)
                throw Mismatch($"The header Mcp-Name is missing; it must mirror {field} of the body.");
            return;
        }
        // The reader hands the header's own string on where the body says the same.
        if (ReferenceEquals(mirrored.Name, expected) && !expected.StartsWith("=?", StringComparison.Ordinal) && System.Text.Ascii.IsValid(expected))
            return;
        if (!HeaderValue.TryDecode(mirrored.Name, out var name))
            throw Mismatch("The header Mcp-Name is neither visible ASCII nor valid Base64 of UTF-8 between '=?base64?' and '?='.");
        if (!string.Equals(name, expected, StringComparison.Ordinal))
            throw Mismatch($"The header Mcp-Name is '{name}' but {field} of the body is '{expected}'; they must be equal.");
    }

    public static RefusedException Mismatch(string message) => new(Refusal.HeaderMismatch, message);
}
