using Actors.Jobs;
using Orleans.Runtime;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Calls whose job is there already: those with the same idempotency key, and a retry after a lost reply.</summary>
internal sealed partial class JobGrain
{
    // A job's turns come one after the other, so that of two calls on the edge of a window both are told the same: which window is the
    // call's is decided here, by one clock.
    public async Task<JobSnapshot?> CreateWithinAsync(
        JobRequest request, DateTimeOffset until, TimeSpan length, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        if (_row is { } existing)
        {
            return now < existing.CreatedAt + length ? await JoinAsync(request, existing) : null;
        }

        if (now < until)
        {
            return await CreateAsync(request, cancellationToken);
        }

        Leave();
        return null;
    }

    private async Task<JobSnapshot> JoinAsync(JobRequest request, JobRow existing)
    {
        if (!request.Call.Caller.MaySee(existing.Owner))
        {
            throw new JobRefusedException(JobErrors.HandleTaken());
        }

        var job = await GetAsync(request.Call.Caller)
            ?? throw new SiloUnavailableException("The job of this key has just been discarded; the next call makes another.");
        if (request.Options?.IdempotencyKey is { } key && !CallArguments.AreSame(existing.Params, request.Call.Params))
        {
            throw new JobRefusedException(JobErrors.OtherArguments(key, _key.Id));
        }

        return job with { IsJoined = true };
    }

}
