using System.Buffers;
using Actors.Frontend.Mcp.Errors;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>Reads a body whole, up to the limit, without copying it where it lies in one piece.</summary>
internal static class RequestBody
{
    /// <summary>The body, still owned by the pipe: the caller advances past it when it is done.</summary>
    public static async ValueTask<ReadOnlySequence<byte>> ReadAsync(HttpContext http, int maxBytes)
    {
        if (http.Request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        var reader = http.Request.BodyReader;
        while (true)
        {
            // Without RequestAborted, which would cost an object per request: Kestrel ends the read when the connection ends.
            var read = await reader.ReadAsync(CancellationToken.None);
            if (read.Buffer.Length > maxBytes)
            {
                // Given back, so that Kestrel can read past the rest and keep the connection.
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(maxBytes);
            }
            if (read.IsCompleted)
                return read.Buffer;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body as one span: in place, or copied where it came in pieces.</summary>
    public static ReadOnlySpan<byte> AsSpan(in ReadOnlySequence<byte> body) =>
        body.IsSingleSegment ? body.FirstSpan : body.ToArray();

    private static RefusedException TooLarge(int maxBytes) =>
        new(Refusal.BodyTooLarge, $"The request's body is over the limit of {maxBytes} bytes (Actors:Limits:MaxBodyBytes).");
}
