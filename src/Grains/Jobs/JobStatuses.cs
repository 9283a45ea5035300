using Actors.Jobs;

namespace Actors.Grains.Jobs;

internal static class JobStatuses
{
    public static bool IsTerminal(this JobStatus status) =>
        status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
}
