using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Sessions;
using Actors.Tools;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Sessions;

/// <summary>
/// One short call of a session, from its first round to its outcome. Where the tool asks the client, the question goes out as a
/// request on the call's stream, and the next round begins with the answer.
/// </summary>
internal sealed class ShortCall(
    SessionCall request, CallStream stream, ClientQuestions questions, IGrainFactory grains, SessionLimits limits, TimeProvider time)
{
    private static readonly TimeSpan PauseBetweenSilos = TimeSpan.FromMilliseconds(200);

    // Notifications that went out: what was told once cannot be told again from the start.
    private int _told;

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<PrimitiveOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var call = request.Call;
        for (var round = 1; ; round++)
        {
            var outcome = await InvokeAsync(call, cancellationToken);
            if (outcome.Kind != PrimitiveOutcomeKind.InputRequired)
                return outcome;
            if (round > limits.MaxRounds)
                return PrimitiveOutcome.Failed(SessionErrors.TooManyRounds(call.Name, limits.MaxRounds));
            var (answers, fault) = await AskAsync(call.Name, outcome.InputRequests, cancellationToken);
            if (fault is not null)
                return PrimitiveOutcome.Failed(fault);
            call = call with { Exchanges = Merge(outcome.Exchanges, answers), RequestState = outcome.RequestState, InputResponses = answers };
        }
    }

    private async Task<(ImmutableArray<InputResponse> Answers, JobError? Fault)> AskAsync(
        string name, ImmutableArray<InputRequest> open, CancellationToken cancellationToken)
    {
        var asked = open.Select(question => (Question: question, Waiting: questions.Add(stream.Number))).ToArray();
        try
        {
            foreach (var (question, waiting) in asked)
                stream.Ask(waiting.RequestId, question.Method, question.Params);
            var answers = ImmutableArray.CreateBuilder<InputResponse>();
            foreach (var (question, waiting) in asked)
            {
                var answer = await waiting.Answer.WaitAsync(limits.AnswerTimeout, time, cancellationToken);
                if (ClientAnswers.Fault(question, answer, limits.MaxAnswerBytes) is { } fault)
                    return ([], fault);
                answers.Add(new InputResponse(question.Key, ClientAnswers.ResultOf(question, answer)));
            }
            return (answers.ToImmutable(), null);
        }
        catch (TimeoutException)
        {
            return ([], SessionErrors.AnswerTooLate(name, limits.AnswerTimeout));
        }
        finally
        {
            foreach (var (_, waiting) in asked)
                questions.Forget(waiting.RequestId);
        }
    }

    /// <summary>On one silo after the other, as long as it surely did not run, or may run twice.</summary>
    private async Task<PrimitiveOutcome> InvokeAsync(PrimitiveCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var silo = request.Silos.IsEmpty ? null : request.Silos[attempt % request.Silos.Length];
            var toldBefore = _told;
            try
            {
                var primitives = grains.GetGrain<IPrimitiveGrain>(silo?.ToParsableString() ?? "any");
                return request.WantsNotifications
                    ? await StreamAsync(call, silo, primitives, cancellationToken)
                    : await PlacementHint.At(silo, () => primitives.InvokeAsync(call, cancellationToken));
            }
            catch (Exception exception) when (IsAboutTheWay(exception) && !cancellationToken.IsCancellationRequested)
            {
                if (!CallLoss.WasRefused(exception) && !(request.IsRepeatable && _told == toldBefore))
                    return PrimitiveOutcome.Failed(SessionErrors.MayHaveRun(call.Name));
                if (attempt >= request.Silos.Length + 1)
                    return PrimitiveOutcome.Failed(SessionErrors.NoSilo());
                await Task.Delay(PauseBetweenSilos, time, cancellationToken);
            }
        }
    }

    private async Task<PrimitiveOutcome> StreamAsync(
        PrimitiveCall call, SiloAddress? silo, IPrimitiveGrain primitives, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var toldBefore = _told;
        try
        {
            await using var events = primitives.InvokeStreamingAsync(call, cancellationToken).GetAsyncEnumerator(cancellationToken);
            // The first move is the call; the others go to where it runs.
            var next = PlacementHint.At(silo, () => events.MoveNextAsync());
            while (await next)
            {
                if (events.Current.Outcome is { } outcome)
                    return outcome;
                _told++;
                stream.Notify(events.Current.Method!, events.Current.Params);
                next = events.MoveNextAsync();
            }
        }
        catch (OrleansMessageRejectionException e) when (CallLoss.IsOfCallUnderWay(_told > toldBefore, time.GetElapsedTime(startedAt)))
        {
            throw new SiloUnavailableException($"The silo was lost while it ran {call.Method}.", e);
        }
        return PrimitiveOutcome.Failed(SessionErrors.Failed());
    }

    private static bool IsAboutTheWay(Exception exception) =>
        exception is OrleansException or WrongSiloException or EnumerationAbortedException or TimeoutException;

    private static ImmutableArray<InputExchange> Merge(ImmutableArray<InputExchange> exchanges, ImmutableArray<InputResponse> answers) =>
    [
        .. exchanges.Select(exchange => exchange.IsPending && answers.FirstOrDefault(a => a.Key == exchange.Request.Key) is { } answer
            ? exchange with { Answer = answer.Result }
            : exchange),
    ];
}
