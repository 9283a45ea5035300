using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;

namespace Actors.Grains.Jobs;

/// <summary>
/// What the tool asks, and what its client answers. A job whose attempt does nothing but wait is parked: its row says so by having no
/// owner while it is input_required. Nothing of it is kept anywhere else until the last answer puts it back in line.
/// </summary>
internal sealed partial class JobGrain
{
    public async Task<InputTicket> AskAsync(int attempt, InputQuestion question)
    {
        Guard(attempt);
        CheckSize(question);
        var exchange = _book!.Ask(question, time.GetUtcNow());
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

    public async Task<bool> ParkAsync(int attempt)
    {
        Guard(attempt);
        var row = _row!;
        if (!IsOurs(row) || !MayPark(row))
        {
            return false;
        }

        await WriteAsync(Parked(row, AttemptOutcome.Parked));
        journal.Append(JobJournal.Parked(_key, attempt, time.GetUtcNow()));
        LogParked(_key.Tenant, _key.Id, attempt);
        _attempt?.Park();
        LetGo();
        Leave();
        return true;
    }

    public async Task<AnswerResult?> AnswerAsync(
        Principal caller, ImmutableArray<InputResponse> responses, CancellationToken cancellationToken = default)
    {
        if (!await SeesAsync(caller) || !await RefreshAsync())
        {
            return null;
        }

        await RequireOwnerGoneAsync(_row!);
        var (exchanges, accepted) = Answers.Accept(_row!, responses, Limits, caller, time.GetUtcNow());
        await StoreAnswersAsync(exchanges, accepted);
        var keys = accepted.Select(r => r.Key).ToImmutableArray();
        if (await GetAsync(caller) is not { } job)
        {
            return null;
        }

        ImmutableArray<string> ignored = [.. responses.Select(r => r.Key).Where(k => !keys.Contains(k))];
        return new AnswerResult(keys, ignored, job) { Earlier = Answers.Earlier(exchanges, ignored) };
    }

    private async Task StoreAnswersAsync(ImmutableArray<InputExchange> exchanges, ImmutableArray<InputResponse> accepted)
    {
        if (accepted.IsEmpty)
        {
            return;
        }

        await WriteAsync(Dated(Answered(_row! with { Exchanges = exchanges, UpdatedAt = time.GetUtcNow() })));
        foreach (var response in accepted)
        {
            journal.Append(JobJournal.Answered(_key, response.Key, exchanges.First(e => e.Request.Key == response.Key).Origin!));
            _attempt?.Deliver(response.Key, response.Result);
        }

        if (_row is { Status: JobStatus.Queued } queued)
        {
            runner.Joined(queued, await runner.IsLimitedAsync(queued));
        }
    }

    /// <summary>The row after an answer: who waited goes on.</summary>
    private JobRow Answered(JobRow row)
    {
        var owned = Owned(row);
        if (owned.Status is not JobStatus.InputRequired)
        {
            // Nobody waits now; of a job that lost its silo, the next attempt asks again what is still open.
            return owned;
        }

        var isAnswered = OpenIn(row.Exchanges).IsEmpty;
        if (_attempt is null && IsParked(row))
        {
            return isAnswered
                ? Snapshots.WithoutProgress(JobMachine.Move(owned, JobStatus.Queued, row.UpdatedAt)) with { RunAt = row.UpdatedAt }
                : owned;
        }

        return isAnswered || _attempt is null ? JobMachine.Move(owned, JobStatus.Running, row.UpdatedAt) : owned;
    }

    /// <summary>Whether it waits for answers and for nothing else: no recovery, no slot, no lease.</summary>
    private static bool IsParked(JobRow row) => row is { Status: JobStatus.InputRequired, Silo: null };

    /// <summary>Whether the attempt waits for answers, and another one may take its place: its tool may be resumed, or has not begun.</summary>
    private bool MayPark(JobRow row) =>
        row.Status is JobStatus.InputRequired && row.Cancel is CancelState.None
        && (_terms.AfterCrash is Actors.Jobs.AfterCrash.Resume || QuestionBook.AwaitsConfirmation(row.Exchanges));

    /// <summary>The row without its attempt. The client sees no change, so the time of the last one stays.</summary>
    private JobRow Parked(JobRow row, AttemptOutcome outcome)
    {
        var plan = RetryPlan.Of(_terms, row.Options?.Retry);
        return AttemptHistory.Enter(row, outcome, error: null, plan, time.GetUtcNow(), Limits.MaxAttemptRecords) with
        {
            Silo = null,
            Epoch = 0,
            Exchanges = _book!.Parked(),
        };
    }

    private JobRow Asking(JobRow row) =>
        Dated(row.Status is JobStatus.InputRequired ? row : JobMachine.Move(row, JobStatus.InputRequired, row.UpdatedAt));

    /// <summary>The row with the time until when its open questions can be answered: the oldest one's.</summary>
    private JobRow Dated(JobRow row) => row with
    {
        InputExpiresAt = row.Status is JobStatus.InputRequired
            ? InputDeadline.Of(row, OpenIn(row.Exchanges), runner.FindJob(row.Tool), Limits)
            : null,
    };

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
}
