using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Tenants;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The endpoint for the revisions with sessions: POST brings messages, GET opens the session's own stream or takes a broken one up
/// again, DELETE ends the session. Nothing of a session is kept here, so any frontend serves any of its requests.
/// </summary>
internal sealed class SessionEndpoint(
    SessionDirectory directory,
    Initialize initialize,
    LegacyRevisions revisions,
    ClientMessages messages,
    StreamResumption resumption,
    SessionStream ownStream,
    Failures failures,
    IOptions<McpOptions> options,
    IOptions<FrontendLimits> limits,
    TimeProvider time)
{
    private readonly TimeSpan _keepAlive = options.Value.KeepAlive;

    /// <summary>GET and DELETE.</summary>
    public async Task HandleAsync(HttpContext http, Principal caller)
    {
        var session = await directory.EnterAsync(http, caller);
        if (HttpMethods.IsDelete(http.Request.Method))
        {
            await session.Grain.EndAsync(caller, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (RequestHeaders.Value(http.Request.Headers, SessionHeaders.LastEventId) is { Length: > 0 } lastEventId)
        {
            await ResumeAsync(http, session, lastEventId);
        }
        else
        {
            await ServeOwnStreamAsync(http, session, since: null);
        }
    }

    private async Task ResumeAsync(HttpContext http, Session session, string lastEventId)
    {
        // "There is no stream here" is what a client takes for the end; after any other status it tries once more.
        if (lastEventId == StreamResumption.AnsweredId)
            throw new RefusedException(Refusal.HttpMethodNotAllowed, "The stream with this Last-Event-ID has ended: its request was answered.");
        else if (OwnStreamId.TryParse(lastEventId, out var since))
            await ServeOwnStreamAsync(http, session, since);
        else if (StreamResumption.RequestOf(http, session, lastEventId, _keepAlive, time) is { } request)
            await RunAsync(request, each => resumption.ResumeAsync(each, lastEventId));
        else
            throw StreamResumption.Unknown(lastEventId);
    }

    private async Task ServeOwnStreamAsync(HttpContext http, Session session, OwnStreamId? since)
    {
        var request = new McpRequest(http, session.Caller, new Envelope { Method = "GET" }, _keepAlive, time) { Session = session };
        session.Fill(request.Envelope);
        await ownStream.ServeAsync(request, since);
    }

    /// <summary>One message, or a batch of them.</summary>
    public async Task PostAsync(HttpContext http, Principal caller, Envelope envelope, byte[] body)
    {
        if (envelope is { Method: "initialize", IsResponse: false })
        {
            await initialize.HandleAsync(http, caller, envelope, body);
            return;
        }
        var session = await directory.EnterAsync(http, caller);
        if (Batch.IsOne(body))
            await TakeBatchAsync(http, session, body);
        else if (envelope.IsResponse || envelope.Id is null)
            await TakeAsync(http, session, envelope, body);
        else
            await RunAsync(RequestOf(http, session, envelope, body), request => AcceptAsync(session, request));
    }

    private async Task TakeAsync(HttpContext http, Session session, Envelope envelope, byte[] body)
    {
        await messages.TakeAsync(session, envelope, body, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task TakeBatchAsync(HttpContext http, Session session, byte[] body)
    {
        if (session.Revision != Revisions.V20250326)
            throw new RefusedException(
                Refusal.InvalidRequest, $"The body is an array: batches are not part of revision {session.Revision}. Send each message as its own POST.");
        EventStream? events = null;
        foreach (var message in Batch.Read(body, options.Value.MaxBatch, limits.Value.MaxJsonDepth))
        {
            var envelope = new Envelope();
            try
            {
                EnvelopeReader.Read(message, default, limits.Value.MaxJsonDepth, envelope);
                if (envelope.IsResponse || envelope.Id is null)
                {
                    await messages.TakeAsync(session, envelope, message, http.RequestAborted);
                    continue;
                }
            }
            catch (Exception e) when (IsAnswer(http, e))
            {
                // The others of the batch are answered all the same (JSON-RPC 2.0, Batch).
                events ??= new EventStream(http, _keepAlive, time);
                await events.SendAsync(ErrorResponse.Encode(failures.Of(http, envelope.Method, e), envelope.Id), http.RequestAborted);
                continue;
            }
            // The answers share one stream, one after the other.
            var request = RequestOf(http, session, envelope, message);
            events = request.OpenEvents(events);
            await RunAsync(request, each => AcceptAsync(session, each));
        }
        if (events is null)
            http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private McpRequest RequestOf(HttpContext http, Session session, Envelope envelope, byte[] body)
    {
        session.Fill(envelope);
        var request = new McpRequest(http, session.Caller, envelope, _keepAlive, time) { Session = session };
        request.CopyFrom(body);
        return request;
    }

    private ValueTask AcceptAsync(Session session, McpRequest request) => revisions.Accept(session, request.Envelope).HandleAsync(request);

    /// <summary>A request whose failure is its answer. The HTTP status says no more than that the session is there: 404 would end it.</summary>
    private async Task RunAsync(McpRequest request, Func<McpRequest, ValueTask> handle)
    {
        try
        {
            await handle(request);
        }
        catch (CallCancelledException)
        {
            // No answer, and nothing to come back for.
            await SendIdAsync(request, StreamResumption.AnsweredId, retry: null);
        }
        catch (ConnectionReleasedException)
        {
            await SendIdAsync(request, request.EventId, options.Value.ComeBackAfter);
        }
        catch (Exception e) when (IsAnswer(request.Http, e))
        {
            await request.AnswerAsync(failures.Of(request.Http, request.Envelope.Method, e) with { Status = StatusCodes.Status200OK });
        }
    }

    private static ValueTask SendIdAsync(McpRequest request, string? id, TimeSpan? retry) =>
        id is not null && request is { EventId: not null, Session.TakesEmptyEvents: true }
            ? request.OpenEvents().SendIdAsync(id, retry, request.Aborted)
            : request.OpenEvents().SendCommentAsync(request.Aborted);

    // Not where the client is gone; and that its session is, the HTTP status has to say.
    private static bool IsAnswer(HttpContext http, Exception exception) =>
        !http.RequestAborted.IsCancellationRequested
        && exception is not (ConnectionResetException or RefusedException { Refusal: Refusal.SessionNotFound });
}
