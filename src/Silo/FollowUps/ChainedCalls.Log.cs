using Microsoft.Extensions.Logging;

namespace Actors.Silo.FollowUps;

internal sealed partial class ChainedCalls
{
    [LoggerMessage(LogLevel.Debug, "Job {Tenant}/{JobId} is followed by the job {Next}.")]
    private partial void LogCalled(string tenant, string jobId, string next);

    [LoggerMessage(LogLevel.Warning, "What follows the job {Tenant}/{JobId} could not be called; it is tried again.")]
    private partial void LogPostponed(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Looking for calls that follow jobs failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
