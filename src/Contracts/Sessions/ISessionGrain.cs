using Actors.Jobs;
using Actors.Tenants;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Sessions;

/// <summary>
/// A session of the revisions before 2026-07-28, from <c>initialize</c> until it is ended or idle for too long; its key is a
/// <see cref="SessionKey"/>. What the client said of itself and subscribed to is durable; the streams of its calls are in memory. It
/// also runs the client's short calls, so that they go on when a connection or a frontend does not. Every answer of null or
/// false means "no such session for this caller": an unknown one, an ended one and somebody else's look the same.
/// </summary>
[Alias("actors.session")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Begins the session; durable when it returns.</summary>
    [Alias("start")]
    Task StartAsync(SessionStart start, CancellationToken cancellationToken = default);

    /// <summary>What a request needs, and the sign that the session is in use.</summary>
    [AlwaysInterleave, Alias("enter")]
    ValueTask<SessionView?> EnterAsync(Principal caller);

    /// <summary>Durable when it returns.</summary>
    [Alias("log-level")]
    Task<bool> SetLogLevelAsync(Principal caller, string level, CancellationToken cancellationToken = default);

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="JobRefusedException">There are as many subscriptions as one session may have.</exception>
    [Alias("subscribe")]
    Task<bool> SubscribeAsync(Principal caller, string uri, bool isWanted, CancellationToken cancellationToken = default);

    /// <summary>Ends it, its streams and its short calls; its jobs go on.</summary>
    [Alias("end")]
    Task<bool> EndAsync(Principal caller, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs a short call and yields what goes on its stream, as it comes. A reader that leaves changes nothing: the call goes on, and
    /// what it yields is kept for a while.
    /// </summary>
    /// <exception cref="JobRefusedException">The session runs as many calls as it may.</exception>
    [AlwaysInterleave, Alias("call")]
    IAsyncEnumerable<CallEvent> CallAsync(Principal caller, SessionCall call, CancellationToken cancellationToken = default);

    /// <summary>What the stream of a short call was opened for; null: it is not known here, or no longer.</summary>
    [AlwaysInterleave, Alias("find-stream")]
    ValueTask<StreamHead?> FindStreamAsync(Principal caller, long stream);

    /// <summary>The events of such a stream after one of them, and those to come.</summary>
    [AlwaysInterleave, Alias("resume")]
    IAsyncEnumerable<CallEvent> ResumeAsync(Principal caller, long stream, long after, CancellationToken cancellationToken = default);

    /// <summary>Hands a client's answer to the short call that asked; false also where nobody waits for it any more.</summary>
    [AlwaysInterleave, Alias("answer")]
    ValueTask<bool> AnswerAsync(Principal caller, string requestId, ClientAnswer answer);

    /// <summary>Notes that a request has become a job, for <see cref="CancelAsync"/>.</summary>
    [AlwaysInterleave, Alias("note-job")]
    ValueTask NoteJobAsync(Principal caller, byte[] requestId, string job);

    /// <summary>Stops the short call of that request (<c>notifications/cancelled</c>). Where it has become a job: the job's id.</summary>
    [AlwaysInterleave, Alias("cancel")]
    ValueTask<string?> CancelAsync(Principal caller, byte[] requestId);

    /// <summary>Whether the session's own stream tells of a task; durable when it returns.</summary>
    [Alias("follow")]
    Task FollowAsync(Principal caller, string job, bool isWanted, CancellationToken cancellationToken = default);

    /// <summary>
    /// What the session's own stream has to carry, now and after each change. There is one reader: a new one ends the one before, which
    /// its client has lost.
    /// </summary>
    [AlwaysInterleave, Alias("listen")]
    IAsyncEnumerable<SessionNews> ListenAsync(Principal caller, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that a stream of tasks/result is open for a task: as long as this is read, the task's questions go there and not to
    /// the session's own stream. Yields true once, when that holds.
    /// </summary>
    [AlwaysInterleave, Alias("claim-questions")]
    IAsyncEnumerable<bool> ClaimQuestionsAsync(Principal caller, string job, CancellationToken cancellationToken = default);
}
