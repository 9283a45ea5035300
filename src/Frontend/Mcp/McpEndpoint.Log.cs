using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Mcp;

internal sealed partial class McpEndpoint
{
    [LoggerMessage(1, LogLevel.Error, "{Method} failed; the client was told the correlation id {CorrelationId}")]
    private partial void LogUnexpected(string? method, string correlationId, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Method} ran into a timeout ({CorrelationId})")]
    private partial void LogTimeout(string? method, string correlationId, Exception exception);
}
