using Microsoft.Extensions.Logging;

namespace Actors.Silo.Attempts;

internal sealed partial class AttemptRunner
{
    [LoggerMessage(LogLevel.Error, "Job {Tenant}/{JobId}: attempt {Attempt} ended, and that could not be stored.")]
    private partial void LogNotEnded(string tenant, string jobId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Error, "Job {Tenant}/{JobId}: attempt {Attempt} failed outside its tool.")]
    private partial void LogFailed(string tenant, string jobId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId}: the end of attempt {Attempt} is not stored yet; trying again.")]
    private partial void LogRetrying(string tenant, string jobId, int attempt, Exception exception);
}
