using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Calls;

namespace Actors.Silo.Attempts;

/// <summary>How an attempt ended that was told to stop, and did, or was cut off.</summary>
internal static class StoppedEnd
{
    /// <returns>Null: it has only ended here.</returns>
    public static AttemptEnd? Of(StopReason reason, JobAttempt attempt) => reason switch
    {
        StopReason.Cancelled => AttemptEnd.Stopped,
        StopReason.TimedOut => Over(CallErrors.TimedOut(attempt.Row.Tool, attempt.Terms.TimeoutSeconds), AttemptOutcome.TimedOut, attempt.Terms.RetryTimeouts),
        StopReason.OutOfTime => OutOfTime(attempt),
        StopReason.HeartbeatMissed => Over(
            CallErrors.Silent(attempt.Row.Tool, attempt.Terms.HeartbeatSeconds),
            AttemptOutcome.HeartbeatMissed,
            attempt.Terms.RetryTimeouts && attempt.Terms.AfterCrash is not AfterCrash.Fail),
        _ => null,
    };

    public static AttemptEnd OutOfTime(JobAttempt attempt) => AttemptEnd.Failed(CallErrors.OutOfTime(
        attempt.Row.Tool, attempt.Terms.TotalTimeoutSeconds, attempt.Row.Attempts is [.., var last] ? last.Error : null));

    private static AttemptEnd Over(JobError error, AttemptOutcome outcome, bool mayPass) =>
        mayPass ? AttemptEnd.FailedForNow(error, outcome) : AttemptEnd.Failed(error);
}
