using Actors.Frontend.Authentication;
using Actors.Frontend.Hosting;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Headers;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Tenants;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp;

/// <summary>
/// <c>POST /mcp</c>: who is calling, what the body says, and on to the method. Older revisions will be told apart here, by
/// the version header, before <see cref="Revision20260728"/> sees the request.
/// </summary>
internal sealed partial class McpEndpoint(
    StartGate gate,
    Credentials credentials,
    Revision20260728 revision,
    IOptions<McpOptions> options,
    IOptions<FrontendLimits> limits,
    TimeProvider time,
    ILogger<McpEndpoint> logger)
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
            var body = await RequestBody.ReadAsync(http, _maxBodyBytes);
            McpMethod? method;
            try
            {
                (method, request) = Read(http, caller, RequestBody.AsSpan(body), envelope);
            }
            finally
            {
                http.Request.BodyReader.AdvanceTo(body.End);
            }
            if (method is null)
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
            // The edge: every failure becomes one JSON-RPC error, here and nowhere else.
            await AnswerAsync(http, envelope, request, e);
        }
    }

    private (McpMethod?, McpRequest?) Read(HttpContext http, Principal caller, ReadOnlySpan<byte> body, Envelope envelope)
    {
        var mirrored = RequestHeaders.Read(http);
        EnvelopeReader.Read(body, mirrored, _maxJsonDepth, envelope);
        if (envelope.IsResponse)
            throw new RefusedException(
                Refusal.InvalidRequest, "The body is a JSON-RPC response; a client sends answers as inputResponses of a request.");
        // A notification needs no headers in this revision and none of its own is defined: it is taken and has no effect.
        if (envelope.Id is null)
            return (null, null);
        var method = revision.Accept(mirrored, envelope);
        var request = new McpRequest(http, caller, envelope, _keepAlive, time);
        if (method.ReadsParams)
            request.CopyFrom(body);
        return (method, request);
    }

    private ValueTask AnswerAsync(HttpContext http, Envelope envelope, McpRequest? request, Exception exception)
    {
        var error = WireError.From(exception) ?? Unexpected(http, envelope, exception);
        if (exception is TimeoutException)
            LogTimeout(envelope.Method, http.TraceIdentifier, exception);
        return request is null ? ErrorResponse.WriteAsync(http, error, envelope.Id) : request.AnswerAsync(error);
    }

    private WireError Unexpected(HttpContext http, Envelope envelope, Exception exception)
    {
        LogUnexpected(envelope.Method, http.TraceIdentifier, exception);
        return new WireError(
            WireError.InternalCode,
            $"The server failed to serve this request. Its operator finds the cause in the log under '{http.TraceIdentifier}'.",
            null,
            StatusCodes.Status200OK);
    }
}
