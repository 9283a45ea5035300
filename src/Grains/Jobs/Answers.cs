using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;
using Actors.Tools;

namespace Actors.Grains.Jobs;

/// <summary>Puts a client's answers to the questions they belong to.</summary>
internal static class Answers
{
    /// <summary>Answered questions that a snapshot shows, which is read often.</summary>
    private const int MaxShown = 16;

    /// <returns>The exchanges with the answers in them, and the answers that belonged to an open question.</returns>
    /// <exception cref="JobRefusedException">An answer to an open question is malformed or too large; none was taken.</exception>
    public static (ImmutableArray<InputExchange> Exchanges, ImmutableArray<InputResponse> Accepted) Accept(
        JobRow row, ImmutableArray<InputResponse> responses, JobLimits limits, Principal caller, DateTimeOffset now)
    {
        var exchanges = row.Exchanges;
        var accepted = ImmutableArray.CreateBuilder<InputResponse>();
        if (row.Status.IsTerminal())
        {
            return (exchanges, []);
        }

        foreach (var response in responses)
        {
            var at = IndexOfOpen(exchanges, response.Key);
            if (at < 0)
            {
                continue;
            }

            Check(exchanges[at].Request, response, limits);
            exchanges = exchanges.SetItem(at, exchanges[at] with { Answer = response.Result, Origin = Origin(caller, now, response.Through) });
            accepted.Add(response);
        }

        return (exchanges, accepted.ToImmutable());
    }

    /// <summary>What was asked and answered in the call that becomes a job.</summary>
    public static ImmutableArray<InputExchange> OfCall(PrimitiveCall call, DateTimeOffset now) => call.Exchanges.IsDefaultOrEmpty ? [] :
    [
        .. call.Exchanges.Select(e => e with { AskedAt = e.AskedAt ?? now, Origin = e.IsPending ? null : Origin(call.Caller, now, AnswerChannel.Call) }),
    ];

    public static AnswerOrigin Origin(Principal caller, DateTimeOffset now, AnswerChannel through) =>
        new(caller.Issuer, caller.Subject, caller.Client, now, through);

    /// <summary>Those of the keys whose question was answered.</summary>
    public static ImmutableArray<AnsweredInput> Earlier(ImmutableArray<InputExchange> exchanges, ImmutableArray<string> keys) =>
        keys.IsEmpty ? [] : [.. exchanges.Where(e => !e.IsPending && keys.Contains(e.Request.Key)).Select(Answered)];

    /// <summary>The questions that were answered, oldest first; of many, the latest.</summary>
    public static ImmutableArray<AnsweredInput> Latest(ImmutableArray<InputExchange> exchanges) =>
        exchanges.IsEmpty ? [] : [.. exchanges.Where(e => !e.IsPending).Select(Answered).TakeLast(MaxShown)];

    private static AnsweredInput Answered(InputExchange exchange) => new(exchange.Request.Key, exchange.AskedAt, exchange.Origin);

    private static int IndexOfOpen(ImmutableArray<InputExchange> exchanges, string key)
    {
        for (var i = 0; i < exchanges.Length; i++)
        {
            if (exchanges[i] is { IsPending: true, IsSuperseded: false } && exchanges[i].Request.Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Check(InputRequest question, InputResponse response, JobLimits limits)
    {
        if (response.Result.Length > limits.MaxAnswerBytes)
        {
            throw new JobRefusedException(JobErrors.AnswerTooLarge(response.Key, limits.MaxAnswerBytes));
        }

        if (AnswerCheck.Fault(question, response.Result) is { } fault)
        {
            throw new JobRefusedException(JobErrors.AnswerRefused(fault));
        }
    }
}
