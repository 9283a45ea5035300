namespace Actors.Chaos.Checker.Promises;

/// <summary>What the cluster promises, whatever happens to its processes. docs/reliability.md says each in a sentence.</summary>
public enum Promise
{
    EveryJobEnds,
    OneTerminalState,
    HandleStaysKnown,
    StateNeverGoesBack,
    ResultNeverChanges,
    ResultIsTheJobsOwn,
    NoFailureWithoutCause,
    AttemptsDoNotOverlap,
    NoCheckpointIsLost,
    AnsweredIsNotAskedAgain,
    AnswerReachesTheTool,
    CancelIsNotForgotten,
    NobodyElseSeesIt,
    ListHoldsEveryJob,
    ErrorsAreClear,
    KeyMeansOneJob,
    KeyConflictIsRefused,
    EachDueTimeRunsOnce,
    LimitIsKept,
    StepRunsOnce,
    WebhookArrives,
    NextCallHappensOnce,
    RetryIsOneJob,
    NothingStartsEarly,
    RefusedIsNotStarted,
}
