using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Puts a client's answers to the questions they belong to.</summary>
internal static class Answers
{
    /// <returns>The exchanges with the answers in them, and the answers that belonged to an open question.</returns>
    /// <exception cref="JobRefusedException">An answer to an open question is malformed or too large; none was taken.</exception>
    public static (ImmutableArray<InputExchange> Exchanges, ImmutableArray<InputResponse> Accepted) Accept(
        JobRow row, ImmutableArray<InputResponse> responses, JobLimits limits)
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
            exchanges = exchanges.SetItem(at, exchanges[at] with { Answer = response.Result });
            accepted.Add(response);
        }

        return (exchanges, accepted.ToImmutable());
    }

    private static int IndexOfOpen(ImmutableArray<InputExchange> exchanges, string key)
    {
        for (var i = 0; i < exchanges.Length; i++)
        {
            if (exchanges[i].IsPending && exchanges[i].Request.Key == key)
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
