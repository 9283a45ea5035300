using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tools;

namespace Actors.Grains.Jobs;

/// <summary>What becomes of a job whose question nobody answered in time.</summary>
internal sealed partial class JobGrain
{
    public async Task ExpireInputAsync()
    {
        if (_row is null || !await RefreshAsync())
        {
            Leave();
            return;
        }

        var row = _row;
        var now = time.GetUtcNow();
        var open = OpenIn(row.Exchanges);
        if (row.Status is not JobStatus.InputRequired || open.IsEmpty || !(row.InputExpiresAt <= now))
        {
            return;
        }

        await RequireOwnerGoneAsync(row);
        if (runner.FindJob(row.Tool) is null && runner.IsOfferedElsewhere(row.Tool))
        {
            Leave();
            throw new WrongSiloException($"The silo {lease.Silo} does not know the terms of '{row.Tool}'.");
        }

        var expired = InputDeadline.Expired(row, open, now);
        LogInputExpired(_key.Tenant, _key.Id, row.Attempt);
        if (_terms.OnInputExpiry is OnInputExpiry.Dismiss && expired.All(e => e.Request.Method == "elicitation/create"))
        {
            await DismissAsync(row, expired, now);
            return;
        }

        var attempt = _attempt;
        await WriteAsync(Unanswered(Owned(row), expired[0], now));
        attempt?.Abandon();
    }

    private JobRow Unanswered(JobRow row, InputExchange question, DateTimeOffset now)
    {
        var error = JobErrors.NotAnswered(question, question.AskedAt(row));
        return _terms.OnInputExpiry is OnInputExpiry.Cancel
            ? JobMachine.Move(row, JobStatus.Cancelled, now) with { Cancel = CancelState.Stopped, CancelReason = Cut(error.Message), InputExpiresAt = null }
            : JobMachine.Move(row, JobStatus.Failed, now) with { Error = error with { Message = Cut(error.Message)! }, InputExpiresAt = null };
    }

    private async Task DismissAsync(JobRow row, ImmutableArray<InputExchange> expired, DateTimeOffset now)
    {
        var nobody = row.Owner with { Issuer = "", Subject = "actors", Client = "" };
        var (exchanges, accepted) = Answers.Accept(
            row,
            [.. expired.Select(e => new InputResponse(e.Request.Key, "{\"action\":\"cancel\"}"u8.ToArray()) { Through = AnswerChannel.Expiry })],
            Limits,
            nobody,
            now);
        await StoreAnswersAsync(exchanges, accepted);
    }
}
