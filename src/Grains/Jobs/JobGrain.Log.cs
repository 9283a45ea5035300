using Actors.Jobs;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Jobs;

internal sealed partial class JobGrain
{
    [LoggerMessage(LogLevel.Information, "Job {Tenant}/{JobId}: attempt {Attempt} only waits for an answer and is parked.")]
    private partial void LogParked(string tenant, string jobId, int attempt);

    [LoggerMessage(LogLevel.Information, "Job {Tenant}/{JobId}: nobody answered the question of attempt {Attempt} in time.")]
    private partial void LogInputExpired(string tenant, string jobId, int attempt);

    [LoggerMessage(LogLevel.Debug, "Job {Tenant}/{JobId} created for tool {Tool}.")]
    private partial void LogCreated(string tenant, string jobId, string tool);

    [LoggerMessage(LogLevel.Debug, "Job {Tenant}/{JobId} ended its attempt {Attempt} as {Status}.")]
    private partial void LogEnded(string tenant, string jobId, int attempt, JobStatus status);

    [LoggerMessage(LogLevel.Information, "Job {Tenant}/{JobId} failed in attempt {Attempt}; the next starts at {RunAt:O}.")]
    private partial void LogToBeRetried(string tenant, string jobId, int attempt, DateTimeOffset runAt);

    [LoggerMessage(LogLevel.Information, "Job {Tenant}/{JobId} is let go in attempt {Attempt}; another silo takes it over.")]
    private partial void LogReleased(string tenant, string jobId, int attempt);

    [LoggerMessage(LogLevel.Information, "Job {Tenant}/{JobId} is recovered after attempt {Attempt} on silo {Silo}.")]
    private partial void LogRecovering(string tenant, string jobId, int attempt, string silo);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} ignored its cancellation; attempt {Attempt} is fenced off.")]
    private partial void LogFencedOff(string tenant, string jobId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} was written by somebody else; attempt {Attempt} is stopped here.")]
    private partial void LogOverwritten(string tenant, string jobId, int attempt, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} does not know yet whether its last write was stored.")]
    private partial void LogStillInDoubt(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} could not store its progress.")]
    private partial void LogProgressNotStored(string tenant, string jobId, Exception exception);

    [LoggerMessage(LogLevel.Information, "Job {Tenant}/{JobId}: its total time was over while it waited for the attempt after {Attempt}.")]
    private partial void LogOutOfTime(string tenant, string jobId, int attempt);
}
