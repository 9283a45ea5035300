using System.Globalization;
using System.Text;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tools;
using Actors.Sessions;
using Actors.Tools;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// GET with <c>Last-Event-ID</c>: goes on with the stream that the id is of (2025-11-25, Resumability and Redelivery). The stream of a job
/// is made anew from the job; that of a short call is in the session's grain.
/// </summary>
internal sealed class StreamResumption(SessionCalls calls, SessionJobs jobs, InlineCalls inline, CatalogueFeed catalogue, CallOptionsReader options)
{
    /// <summary>
    /// The id of an error that answers a request: nothing comes after it. The official TypeScript client takes only a result for an
    /// answer, and comes back after an error; without this it would get the error again, and come back again, for ever.
    /// </summary>
    public const string AnsweredId = "e";

    /// <summary>The request whose stream that is an event of; null: it is of no request's.</summary>
    public static McpRequest? RequestOf(HttpContext http, Session session, string lastEventId, TimeSpan keepAlive, TimeProvider time)
    {
        var id = CallStreamId.TryParse(lastEventId, out var call) ? call.RequestId : JobStreamId.TryParse(lastEventId)?.RequestId;
        if (id is null)
            return null;
        var envelope = new Envelope { Method = "GET", Id = Encoding.UTF8.GetBytes(id) };
        session.Fill(envelope);
        var request = new McpRequest(http, session.Caller, envelope, keepAlive, time) { Session = session, EventId = lastEventId };
        request.CopyFrom(default);
        // Whatever comes of it is an event with the id of the client's request: nothing else would end its wait.
        request.OpenEvents();
        return request;
    }

    public ValueTask ResumeAsync(McpRequest request, string lastEventId) =>
        JobStreamId.TryParse(lastEventId) is { } position ? jobs.ResumeAsync(request, position)
        : CallStreamId.TryParse(lastEventId, out var after) ? ResumeCallAsync(request, after)
        : throw Unknown(lastEventId);

    private async ValueTask ResumeCallAsync(McpRequest request, CallStreamId after)
    {
        // Before anything else: this connection, too, may break before the first event.
        await StreamOpening.SendAsync(request);
        var (head, outcome) = await calls.ResumeAsync(request, after);
        if (outcome.Kind == PrimitiveOutcomeKind.BecomesJob)
            await BecomeJobAsync(request, head, outcome);
        else
            await inline.AnswerAsync(request, round: null, outcome);
    }

    /// <summary>What the connection that was lost would have done; where it has done it, the job is there.</summary>
    private async ValueTask BecomeJobAsync(McpRequest request, StreamHead head, PrimitiveOutcome outcome)
    {
        var view = await catalogue.GetAsync(request.Aborted);
        if (!view.ToolsByName.TryGetValue(head.Call.Name, out var tool) || tool.Job is not { } terms)
            throw new RefusedException(Refusal.InvalidParams, $"The tool {head.Call.Name} is not there any more.");
        request.JobId = head.JobId;
        using var parameters = ParamsDocument.Open(head.Call.Params);
        await jobs.CallAsync(request, wish: null, terms, head.Call with { Exchanges = outcome.Exchanges }, options.Read(parameters.RootElement));
    }

    public static RefusedException Unknown(string lastEventId) => new(
        Refusal.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"The header Last-Event-ID ('{lastEventId[..Math.Min(lastEventId.Length, 40)]}') is not the id of an event of this server's."));
}
