using System.Collections.Immutable;
using Actors.Tenants;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Jobs;

/// <summary>
/// One durable tool call; its key is a <see cref="JobKey"/>. Every answer of null means "no such job for this caller":
/// an unknown handle and somebody else's look the same.
/// </summary>
[Alias("actors.job")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the job and returns once its row is durable, with the first attempt on its way. Called again for the same
    /// key by the same principal (a retry after a lost reply, or another call with its idempotency key) it returns the job as it is.
    /// </summary>
    /// <exception cref="JobRefusedException">
    /// The call can never become a job here: no such tool, over a limit, or its idempotency key is that of a call with other arguments.
    /// </exception>
    [Alias("create")]
    Task<JobSnapshot> CreateAsync(JobRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same for a job whose key stands for its call within a window of time: the one that is there, while it is younger than
    /// <paramref name="length"/>; otherwise a new one, before <paramref name="until"/>. Null: neither, the next window's key is the call's.
    /// </summary>
    [Alias("create-within")]
    Task<JobSnapshot?> CreateWithinAsync(JobRequest request, DateTimeOffset until, TimeSpan length, CancellationToken cancellationToken = default);

    /// <summary>The job as it is now, from memory where it is active.</summary>
    [AlwaysInterleave, Alias("get")]
    ValueTask<JobSnapshot?> GetAsync(Principal caller);

    /// <summary>
    /// Yields the job as it is now and then after each change, the latest state only where changes come faster than the
    /// watcher reads; ends after a terminal state, or at once where there is no such job for this caller.
    /// </summary>
    [AlwaysInterleave, Alias("watch")]
    IAsyncEnumerable<JobSnapshot> WatchAsync(Principal caller, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes everything the job has written down so far readable in its journal, which is otherwise a little behind. False
    /// where there is no such job for this caller.
    /// </summary>
    [AlwaysInterleave, Alias("flush-log")]
    ValueTask<bool> FlushLogAsync(Principal caller);

    /// <summary>Stores the answers to open questions and hands them to the tool.</summary>
    /// <exception cref="JobRefusedException">An answer to an open question is malformed or over a limit; none was taken.</exception>
    [Alias("answer")]
    Task<AnswerResult?> AnswerAsync(Principal caller, ImmutableArray<InputResponse> responses, CancellationToken cancellationToken = default);

    /// <summary>Asks the job to stop; durable when it returns. On a job that has ended it changes nothing.</summary>
    [Alias("cancel")]
    Task<JobSnapshot?> CancelAsync(Principal caller, string? reason, CancellationToken cancellationToken = default);
}
