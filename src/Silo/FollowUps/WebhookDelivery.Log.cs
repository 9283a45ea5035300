using Microsoft.Extensions.Logging;

namespace Actors.Silo.FollowUps;

internal sealed partial class WebhookDelivery
{
    [LoggerMessage(LogLevel.Warning, "The webhook of job {Tenant}/{JobId} was given up at try {Attempt}: {Reason}")]
    private partial void LogGivenUp(string tenant, string jobId, int attempt, string reason);

    [LoggerMessage(LogLevel.Warning, "The webhook of job {Tenant}/{JobId} could not be tried; it is tried again.")]
    private partial void LogNotTried(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Looking for webhooks to call failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
