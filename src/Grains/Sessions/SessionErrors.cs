using Actors.Jobs;

namespace Actors.Grains.Sessions;

/// <summary>The errors that a session's short calls can end with, as their callers read them.</summary>
internal static class SessionErrors
{
    private const int InvalidParams = -32602;
    private const int InternalError = -32603;
    private const int Unavailable = 503;
    private const int Uncertain = 504;

    public static JobError TooManyCalls(int limit) =>
        new(Unavailable, $"This session runs {limit} calls already (Actors:Sessions:MaxCalls); wait for one of them.");

    public static JobError TooManySubscriptions(int limit) =>
        new(InvalidParams, $"This session is subscribed to {limit} resources already (Actors:Sessions:MaxSubscriptions); unsubscribe from some.");

    public static JobError UriNotTaken(int limit) =>
        new(InvalidParams, $"params.uri must be text of at most {limit} characters, without U+0000.");

    public static JobError TooManyRounds(string name, int limit) =>
        new(InternalError, $"'{name}' asked its client more than {limit} times in one call.");

    public static JobError AnswerTooLate(string name, TimeSpan limit) =>
        new(InternalError, $"'{name}' asked its client something and had no answer in {limit.TotalSeconds:0} s; the call was not completed.");

    public static JobError ClientRefused(string method, string error) =>
        new(InternalError, $"The call needs the client's answer to {method}, which the client refused: {error}");

    public static JobError AnswerMalformed(string fault) => new(InternalError, fault);

    public static JobError AnswerTooLarge(int limitBytes) =>
        new(InternalError, $"The client's answer is over the limit of {limitBytes} bytes (Actors:Sessions:MaxAnswerBytes).");

    public static JobError NoSilo() =>
        new(Unavailable, "The silo that this call needs is not available at the moment. The call has not run; try again in a few seconds.");

    public static JobError MayHaveRun(string name) => new(
        Uncertain, $"The silo that ran '{name}' did not answer any more: the call may or may not have run. Look at what it does before you call it again.");

    public static JobError Failed() => new(InternalError, "The server failed to serve this request.");
}
