using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>
/// A job as one caller may use it. Every call here may be repeated, so each gets over the death of the silo that it was made to:
/// the next try finds the job on another.
/// </summary>
internal sealed class JobHandle(IJobGrain grain, Principal caller, RetryPolicy retries, Func<Backoff> backoff, TimeProvider time)
{
    /// <summary>Null: no such job for this caller. That holds for all of these.</summary>
    public ValueTask<JobSnapshot?> GetAsync(CancellationToken cancellationToken) =>
        retries.RunAsync(() => grain.GetAsync(caller), cancellationToken);

    public ValueTask<JobSnapshot?> CancelAsync(string? reason, CancellationToken cancellationToken) =>
        retries.RunAsync(() => new ValueTask<JobSnapshot?>(grain.CancelAsync(caller, reason, cancellationToken)), cancellationToken);

    /// <exception cref="JobRefusedException">An answer is malformed or over a limit.</exception>
    public ValueTask<AnswerResult?> AnswerAsync(ImmutableArray<InputResponse> responses, CancellationToken cancellationToken) =>
        retries.RunAsync(() => new ValueTask<AnswerResult?>(grain.AnswerAsync(caller, responses, cancellationToken)), cancellationToken);

    /// <summary>
    /// The job as it is now and after each change, until it has ended: from silo to silo, without a state that was shown before.
    /// Empty where there is no such job for this caller. It does not give up before it is cancelled.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <param name="withLog">Whether a new log line is a change.</param>
    public async IAsyncEnumerable<JobSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken, bool withLog = false)
    {
        JobSnapshot? seen = null;
        var pauses = backoff();
        while (true)
        {
            await using var watch = new JobWatching(grain, caller, cancellationToken);
            while (await watch.NextAsync() is { } job)
            {
                pauses = backoff();
                if (watch.IsFirst ? JobNews.Is(job, seen) : withLog || !JobNews.IsLogOnly(job, seen))
                    yield return seen = job;
                if (job.IsTerminal)
                    yield break;
            }
            // Its silo went away, or let go of the job: the next watch starts with the job's present state. Or there is none.
            if (watch is { IsBroken: false, IsEmpty: true } && !await ExistsAsync(cancellationToken))
                yield break;
            await Task.Delay(pauses.Next(), time, cancellationToken);
        }
    }

    private async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(cancellationToken) is not null;
        }
        catch (RefusedException)
        {
            // Nobody says that it does not: the next watch asks again.
            return true;
        }
    }
}
