using Microsoft.Extensions.Logging;

namespace Actors.Silo.Schedules;

internal sealed partial class RecurringJobs
{
    [LoggerMessage(LogLevel.Debug, "Job {Tenant}/{JobId} is a run of the schedule {Schedule}.")]
    private partial void LogStarted(string tenant, string jobId, Guid schedule);

    [LoggerMessage(LogLevel.Warning, "A run of the schedule {Schedule} of tenant {Tenant} was refused: {Reason}")]
    private partial void LogRefused(string tenant, Guid schedule, string reason);

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId}, a run of the schedule {Schedule}, could not be created; it is tried again.")]
    private partial void LogPostponed(string tenant, string jobId, Guid schedule, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The schedule {Schedule} of tenant {Tenant} cannot be read here; it is tried again.")]
    private partial void LogUnreadable(string tenant, Guid schedule);

    [LoggerMessage(LogLevel.Warning, "Looking for due schedules failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
