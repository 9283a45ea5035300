using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>
/// A <c>text/event-stream</c> response: each message one event, a comment line when nothing else was sent for a while. One
/// writer at a time.
/// </summary>
internal sealed class EventStream
{
    private readonly HttpContext _http;
    private readonly TimeSpan _keepAlive;
    private readonly TimeProvider _time;

    public EventStream(HttpContext http, TimeSpan keepAlive, TimeProvider time)
    {
        (_http, _keepAlive, _time) = (http, keepAlive, time);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-store";
        // Streamable HTTP, Receiving Messages: keeps a reverse proxy from holding events back.
        http.Response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <param name="message">One JSON-RPC message, on one line.</param>
    /// <param name="cancellationToken">The client went away.</param>
    /// <param name="id">The event's id, by which the stream is taken up again; null: it has none.</param>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken, string? id = null)
    {
        var writer = _http.Response.BodyWriter;
        WriteId(writer, id);
        Write(writer, "event: message\ndata: "u8);
        Write(writer, message.Span);
        Write(writer, "\n\n"u8);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>An event without a message, which gives the client an id to come back with (2025-11-25, Sending Messages, 6).</summary>
    /// <param name="id">The id.</param>
    /// <param name="retry">When to come back, where the connection is about to be closed; null: it is not.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public async ValueTask SendIdAsync(string id, TimeSpan? retry, CancellationToken cancellationToken)
    {
        var writer = _http.Response.BodyWriter;
        WriteId(writer, id);
        if (retry is { } pause)
            Write(writer, Encoding.ASCII.GetBytes(FormattableString.Invariant($"retry: {(long)pause.TotalMilliseconds}\n")));
        Write(writer, "data: \n\n"u8);
        await writer.FlushAsync(cancellationToken);
    }

    public async ValueTask SendCommentAsync(CancellationToken cancellationToken)
    {
        Write(_http.Response.BodyWriter, ":\n\n"u8);
        await _http.Response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>Waits for <paramref name="next"/>, with a comment line for each silence on the way.</summary>
    public async ValueTask<T> KeptAliveAsync<T>(Task<T> next, CancellationToken cancellationToken)
    {
        while (!next.IsCompleted)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var first = await Task.WhenAny(next, Task.Delay(_keepAlive, _time, silence.Token));
            await silence.CancelAsync();
            if (first != next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await SendCommentAsync(cancellationToken);
            }
        }
        return await next;
    }

    private static void WriteId(PipeWriter writer, string? id)
    {
        if (id is null)
            return;
        Write(writer, "id: "u8);
        Write(writer, Encoding.ASCII.GetBytes(id));
        Write(writer, "\n"u8);
    }

    private static void Write(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
