using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;

namespace Actors.Grains.Jobs;

/// <summary>What the tool asks, and what its client answers.</summary>
internal sealed partial class JobGrain
{
    public async Task<InputTicket> AskAsync(int attempt, InputQuestion question)
    {
        Guard(attempt);
        CheckSize(question);
        var exchange = _book!.Ask(question);
        if (exchange.IsPending)
        {
            try
            {
                CheckCount(_book.Exchanges.Length);
                await WriteAsync(Asking(_row! with { Exchanges = _book.Exchanges, UpdatedAt = time.GetUtcNow() }));
            }
            catch
            {
                _book?.Withdraw(exchange.Request.Key, _row!.Exchanges);
                throw;
            }
        }

        return new InputTicket(exchange.Request.Key, exchange.Answer);
    }

    public async Task<AnswerResult?> AnswerAsync(
        Principal caller, ImmutableArray<InputResponse> responses, CancellationToken cancellationToken = default)
    {
        if (!Sees(caller))
        {
            return null;
        }

        if (!await RefreshAsync())
        {
            return null;
        }

        await RequireOwnerGoneAsync(_row!);
        var (exchanges, accepted) = Answers.Accept(_row!, responses, Limits);
        if (accepted.Length > 0)
        {
            await StoreAnswersAsync(exchanges);
            foreach (var response in accepted)
            {
                _attempt?.Deliver(response.Key, response.Result);
            }
        }

        var keys = accepted.Select(r => r.Key).ToImmutableArray();
        return await GetAsync(caller) is { } job
            ? new AnswerResult(keys, [.. responses.Select(r => r.Key).Where(k => !keys.Contains(k))], job)
            : null;
    }

    private async Task StoreAnswersAsync(ImmutableArray<InputExchange> exchanges)
    {
        var row = Owned(_row!) with { Exchanges = exchanges, UpdatedAt = time.GetUtcNow() };
        if (row.Status is JobStatus.InputRequired && OpenIn(exchanges).IsEmpty)
        {
            row = JobMachine.Move(row, JobStatus.Running, row.UpdatedAt);
        }

        await WriteAsync(row);
    }

    private void CheckSize(InputQuestion question)
    {
        if (question.Params?.Length > Limits.MaxQuestionBytes)
        {
            throw new InvalidOperationException(
                $"The question has {question.Params.Length} bytes; the limit is {Limits.MaxQuestionBytes}.");
        }
    }

    // One that is asked again by a later attempt is among them already.
    private void CheckCount(int asked)
    {
        if (asked > Limits.MaxQuestions && asked > _row!.Exchanges.Length)
        {
            throw new InvalidOperationException($"The job has asked its limit of {Limits.MaxQuestions} questions.");
        }
    }

    private static JobRow Asking(JobRow row) =>
        row.Status is JobStatus.InputRequired ? row : JobMachine.Move(row, JobStatus.InputRequired, row.UpdatedAt);
}
