using System.Globalization;
using System.Text;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// GET with <c>Last-Event-ID</c>: goes on with the stream that the id is of (2025-11-25, Resumability and Redelivery). The stream of a job
/// is made anew from the job; that of a short call is in the session's grain; the session's own stream looks again.
/// </summary>
internal sealed class StreamResumption(SessionCalls calls, SessionJobs jobs, SessionStream ownStream, InlineCalls inline)
{
    public static McpRequest RequestOf(HttpContext http, Session session, string lastEventId, TimeSpan keepAlive, TimeProvider time)
    {
        var envelope = new Envelope { Method = "GET" };
        if (JobStreamId.TryParse(lastEventId) is { } position)
            envelope.Id = Encoding.UTF8.GetBytes(position.RequestId);
        session.Fill(envelope);
        var request = new McpRequest(http, session.Caller, envelope, keepAlive, time) { Session = session };
        request.CopyFrom(default);
        return request;
    }

    public async ValueTask ResumeAsync(McpRequest request, string lastEventId)
    {
        if (JobStreamId.TryParse(lastEventId) is { } position)
            await jobs.ResumeAsync(request, position);
        else if (CallStreamId.TryParse(lastEventId, out var after))
            await ResumeCallAsync(request, after);
        else if (OwnStreamId.TryParse(lastEventId, out var since))
            await ownStream.ServeAsync(request, since);
        else
            throw Unknown(lastEventId);
    }

    private async ValueTask ResumeCallAsync(McpRequest request, CallStreamId after)
    {
        // One that is not known any more has nothing more to say: the stream ends, and the client's request with it.
        var head = await request.Session!.Grain.FindStreamAsync(request.Caller, after.Stream)
            ?? throw new RefusedException(
                Refusal.Uncertain, "The stream is not there any more: the call has ended long ago, or its silo is gone. Look at what it does before you call it again.");
        request.Envelope.Id = head.RequestId;
        request.Envelope.Method = head.Method;
        await inline.AnswerAsync(request, round: null, await calls.ResumeAsync(request, after));
    }

    private static RefusedException Unknown(string lastEventId) => new(
        Refusal.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"The header Last-Event-ID ('{lastEventId[..Math.Min(lastEventId.Length, 40)]}') is not the id of an event of this server's."));
}
