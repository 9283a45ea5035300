using Actors.Frontend.Authentication;
using Actors.Frontend.Hosting;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Sessions;
using Actors.Tenants;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp;

/// <summary>
/// The MCP endpoint: who is calling, what the body says, and on to the method, by <see cref="Revision20260728"/> or, for the revisions
/// before it, by <see cref="SessionEndpoint"/>. GET and DELETE are the latter's alone.
/// </summary>
internal sealed class McpEndpoint(
    StartGate gate,
    Credentials credentials,
    Revision20260728 revision,
    SessionEndpoint sessions,
    RequestRate rate,
    Failures failures,
    IOptions<McpOptions> options,
    IOptions<FrontendLimits> limits,
    TimeProvider time)
{
    private readonly int _maxBodyBytes = limits.Value.MaxBodyBytes;
    private readonly int _maxJsonDepth = limits.Value.MaxJsonDepth;
    private readonly TimeSpan _keepAlive = options.Value.KeepAlive;

    public async Task HandleAsync(HttpContext http)
    {
        var envelope = new Envelope();
        McpRequest? request = null;
        try
        {
            HttpPreconditions.Check(http);
            if (!gate.IsOpen)
                await gate.PassAsync(http.RequestAborted);
            var caller = await credentials.AuthenticateAsync(http);
            if (!HttpMethods.IsPost(http.Request.Method))
            {
                rate.Check(caller);
                await sessions.HandleAsync(http, caller);
                return;
            }
            var body = await RequestBody.ReadAsync(http, _maxBodyBytes);
            McpMethod? method = null;
            byte[]? legacy = null;
            try
            {
                var bytes = RequestBody.AsSpan(body);
                var isOfSession = IsOfSession(http, bytes, envelope, out var mirrored);
                // Not before: who is refused is to know which of its requests was.
                rate.Check(caller);
                if (isOfSession)
                    legacy = bytes.ToArray();
                else
                    (method, request) = Read(http, caller, bytes, mirrored, envelope);
            }
            finally
            {
                http.Request.BodyReader.AdvanceTo(body.End);
            }
            if (legacy is not null)
                await sessions.PostAsync(http, caller, envelope, legacy);
            else if (method is null)
                http.Response.StatusCode = StatusCodes.Status202Accepted;
            else
                await method.HandleAsync(request!);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested || e is ConnectionResetException)
        {
            // The client is gone: nobody to answer, and what it cancelled ends with its token.
        }
        catch (Exception e)
        {
            // The edge: every failure becomes one JSON-RPC error.
            var error = failures.Of(http, envelope.Method, e);
            await (request is null ? ErrorResponse.WriteAsync(http, error, envelope.Id) : request.AnswerAsync(error));
        }
    }

    private bool IsOfSession(HttpContext http, ReadOnlySpan<byte> body, Envelope envelope, out MirroredValues mirrored)
    {
        mirrored = RequestHeaders.Read(http);
        // A batch, which only sessions of 2025-03-26 have, is read message by message.
        if (Batch.IsOne(body) && http.Request.Headers.ContainsKey(SessionHeaders.SessionId))
            return true;
        EnvelopeReader.Read(body, mirrored, _maxJsonDepth, envelope);
        return LegacyRevisions.Claim(http, mirrored, envelope);
    }

    private (McpMethod?, McpRequest?) Read(
        HttpContext http, Principal caller, ReadOnlySpan<byte> body, in MirroredValues mirrored, Envelope envelope)
    {
        if (envelope.IsResponse)
            throw new RefusedException(
                Refusal.InvalidRequest, "The body is a JSON-RPC response; a client sends answers as inputResponses of a request.");
        if (envelope.Id is null)
        {
            // A notification needs no headers in this revision and none of its own is defined: it is taken and has no effect.
            // One that names a revision means something in that, and would be lost without a word.
            if (mirrored.Version is not null)
                Revision20260728.CheckVersion(mirrored, envelope);
            return (null, null);
        }
        var method = revision.Accept(mirrored, envelope);
        var request = new McpRequest(http, caller, envelope, _keepAlive, time);
        if (method.ReadsParams)
            request.CopyFrom(body);
        return (method, request);
    }
}
