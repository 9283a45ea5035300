using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Sessions;
using Actors.Tenants;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>One authenticated request, of whatever revision, with its answer's channel.</summary>
internal sealed class McpRequest(HttpContext http, Principal caller, Envelope envelope, TimeSpan keepAlive, TimeProvider time)
{
    private static readonly byte[] NoParams = "{}"u8.ToArray();

    public HttpContext Http => http;

    /// <summary>From the credential, never from the body.</summary>
    public Principal Caller => caller;

    public Envelope Envelope => envelope;

    /// <summary>The id as sent, JSON.</summary>
    public byte[] Id => envelope.Id!;

    /// <summary>The session that it belongs to; null in revision 2026-07-28, which has none.</summary>
    public Session? Session { get; init; }

    /// <summary>Whether it is of a revision before 2026-07-28.</summary>
    public bool IsLegacy => Session is not null;

    /// <summary>The revision that its answer has to be in.</summary>
    public string Revision => Session?.Revision ?? Revisions.V20260728;

    /// <summary>The task that the answer is of, where a revision wants that said in it.</summary>
    public string? RelatedTask { get; set; }

    /// <summary>The handle that was drawn for the job that the call may become; null: none was.</summary>
    public string? JobId { get; set; }

    /// <summary>Whether its job was there before, under the same key; the answer says so.</summary>
    public bool IsJoined { get; set; }

    /// <summary>The id of the next event on the stream; null: it has none.</summary>
    public string? EventId { get; set; }

    /// <summary>Set when the client goes away.</summary>
    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>UTF-8 JSON of <c>params</c>; empty for the methods that do not ask for it.</summary>
    public byte[] Params { get; private set; } = [];

    /// <summary>UTF-8 JSON of the client's capabilities; only with <see cref="Params"/>.</summary>
    public byte[] ClientCapabilities { get; private set; } = [];

    /// <summary>UTF-8 JSON of the client's Implementation, or null; only with <see cref="Params"/>.</summary>
    public byte[]? ClientInfo { get; private set; }

    /// <summary>The progress token as sent, JSON; null where the client asked for no progress; only with <see cref="Params"/>.</summary>
    public byte[]? ProgressToken { get; private set; }

    /// <summary>The stream that the answer goes out on, once something streams.</summary>
    public EventStream? Events { get; private set; }

    /// <summary>Keeps what the methods with more than an id need; the body itself goes back to the pipe.</summary>
    public void CopyFrom(ReadOnlySpan<byte> body)
    {
        Params = envelope.HasParams ? envelope.Params.CopyFrom(body) : NoParams;
        if (Session is null)
        {
            ClientCapabilities = envelope.ClientCapabilities.CopyFrom(body);
            ClientInfo = envelope.ClientInfo.IsPresent ? envelope.ClientInfo.CopyFrom(body) : null;
        }
        else
        {
            ClientCapabilities = Session.ClientCapabilities;
            ClientInfo = Session.ClientInfo;
        }
        ProgressToken = envelope.ProgressToken.IsPresent ? envelope.ProgressToken.CopyFrom(body) : null;
    }

    /// <summary>From here on the answer is an event stream; the first event sends the headers.</summary>
    public EventStream OpenEvents() => Events ??= new EventStream(http, keepAlive, time);

    /// <summary>The same, on the stream of another request of the same batch where there is one.</summary>
    public EventStream OpenEvents(EventStream? shared) => Events = shared ?? OpenEvents();

    /// <summary>
    /// Waits for the next thing to send. Where the client asked for notifications, a long silence opens the stream, and
    /// comment lines keep it alive.
    /// </summary>
    public async ValueTask<T> KeptAliveAsync<T>(Task<T> next)
    {
        if (Events is null)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(Aborted);
            var first = await Task.WhenAny(next, Task.Delay(keepAlive, time, silence.Token));
            await silence.CancelAsync();
            if (first == next || Aborted.IsCancellationRequested)
                return await next;
            await OpenEvents().SendCommentAsync(Aborted);
        }
        return await Events!.KeptAliveAsync(next, Aborted);
    }

    /// <summary>Sends the one response, on the stream where there is one.</summary>
    public ValueTask AnswerAsync(JsonBuffer response) =>
        Events is null ? JsonResponse.WriteAsync(http, response) : Events.SendAsync(response.Written, Aborted, EventId);

    /// <summary>Sends the error as the one response. On a stream the HTTP status is out already.</summary>
    public ValueTask AnswerAsync(WireError error) =>
        Events is null
            ? ErrorResponse.WriteAsync(http, error, Id)
            : Events.SendAsync(ErrorResponse.Encode(error, Id), Aborted, EventId is null ? null : StreamResumption.AnsweredId);
}
