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
        var id = CallStreamId.TryParse(lastEventId, out var call) ? call.RequestId : JobStreamId.TryParse(lastEventId)?.RequestId;
        envelope.Id = id is null ? null : Encoding.UTF8.GetBytes(id);
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
        // Whatever comes of it is an event with the id of the client's request: nothing else would end its wait.
        request.OpenEvents();
        request.EventId = after.ToString();
        await inline.AnswerAsync(request, round: null, await calls.ResumeAsync(request, after));
    }

    private static RefusedException Unknown(string lastEventId) => new(
        Refusal.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"The header Last-Event-ID ('{lastEventId[..Math.Min(lastEventId.Length, 40)]}') is not the id of an event of this server's."));
}
