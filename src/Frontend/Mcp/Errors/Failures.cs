using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Mcp.Errors;

/// <summary>Turns whatever a request ended with into the one error that its client gets; what nobody expected is logged.</summary>
internal sealed partial class Failures(ILogger<Failures> logger)
{
    public WireError Of(HttpContext http, string? method, Exception exception)
    {
        if (exception is TimeoutException)
            LogTimeout(method, http.TraceIdentifier, exception);
        return WireError.From(exception) ?? Unexpected(http, method, exception);
    }

    private WireError Unexpected(HttpContext http, string? method, Exception exception)
    {
        LogUnexpected(method, http.TraceIdentifier, exception);
        return new WireError(
            WireError.InternalCode,
            $"The server failed to serve this request. Its operator finds the cause in the log under '{http.TraceIdentifier}'.",
            null,
            StatusCodes.Status200OK);
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} failed; the client was told the correlation id {CorrelationId}")]
    private partial void LogUnexpected(string? method, string correlationId, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Method} ran into a timeout ({CorrelationId})")]
    private partial void LogTimeout(string? method, string correlationId, Exception exception);
}
