using Actors.Grains.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Calls;
using Actors.Silo.Queue;
using Actors.Storage.Results;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Results;

/// <summary>Stores a result that is too large for its job's row, before the attempt's end is stored, and puts what stands for it in its place.</summary>
internal sealed class ResultSpill(ResultStore store, StorageQuota quota, IOptions<JobLimits> options)
{
    /// <returns>The end to store.</returns>
    /// <exception cref="StaleAttemptException">The attempt is not the job's any more.</exception>
    /// <exception cref="Storage.Postgres.StorageUnavailableException">The database is away; nothing speaks against trying again.</exception>
    public async Task<AttemptEnd> ApplyAsync(RunningAttempt attempt, AttemptEnd end, CancellationToken cancellationToken = default)
    {
        var limits = options.Value;
        if (end.Result is not { } result || result.Length <= Math.Min(limits.SpillResultBytes, limits.MaxResultBytes))
        {
            return end;
        }

        var tool = attempt.Attempt.Row.Tool;
        if (result.Length > limits.MaxResultBytes)
        {
            return AttemptEnd.Failed(CallErrors.TooLarge(tool, limits.MaxResultBytes)) with { Last = end.Last };
        }

        // All that the tenant has stored is known as of a moment ago; its results in chunks are also counted now, since those are what fills it fast.
        var room = await quota.RoomAsync(attempt.Key.Tenant);
        var storing = room.IsFor(result.Length)
            ? await store.StoreAsync(attempt.Key, attempt.Number, result, room.Limit, cancellationToken)
            : ResultStoring.OverQuota(room.Used);
        if (storing.UsedBytes is { } used)
        {
            return AttemptEnd.Failed(CallErrors.NoRoom(tool, result.Length, room.Reached(used))) with { Last = end.Last };
        }

        quota.Add(attempt.Key.Tenant, result.Length);
        return storing == ResultStoring.Stored
            ? AttemptEnd.Completed(SpilledResult.Write(attempt.Key.Id, result, limits), end.IsToolError) with { Last = end.Last }
            : throw new StaleAttemptException(attempt.Number);
    }
}
