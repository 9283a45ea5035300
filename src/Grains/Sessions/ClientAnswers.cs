using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Sessions;

namespace Actors.Grains.Sessions;

/// <summary>What a client's response means for the tool that asked.</summary>
internal static class ClientAnswers
{
    // A client that cannot put the question has not put it: for the tool its user went away.
    private static readonly byte[] Cancelled = "{\"action\":\"cancel\"}"u8.ToArray();

    /// <summary>Why the call cannot go on with this answer; null: it can.</summary>
    public static JobError? Fault(InputRequest question, ClientAnswer answer, int maxBytes)
    {
        if (answer.Result is not { } result)
            return question.Method == "elicitation/create" ? null : SessionErrors.ClientRefused(question.Method, answer.Error ?? "no reason given");
        if (result.Length > maxBytes)
            return SessionErrors.AnswerTooLarge(maxBytes);
        return AnswerCheck.Fault(question, result) is { } fault ? SessionErrors.AnswerMalformed(fault) : null;
    }

    public static byte[] ResultOf(InputRequest question, ClientAnswer answer) =>
        answer.Result ?? (question.Method == "elicitation/create" ? Cancelled : throw new InvalidOperationException("There is no answer."));
}
