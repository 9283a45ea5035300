using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>A read on its way; null: there is no such row.</summary>
internal sealed record PendingRead(JobKey Key)
{
    public TaskCompletionSource<StoredRow?> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
