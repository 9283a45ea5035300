using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Actors.Sessions;
using Actors.Storage;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>What a client sends that wants no answer: notifications, and its responses to requests of the server's.</summary>
internal sealed class ClientMessages(JobHandles jobs)
{
    private const int MaxErrorChars = 500;

    private static readonly byte[] Cancelled = "{\"action\":\"cancel\"}"u8.ToArray();

    /// <exception cref="RefusedException">It cannot be taken: it is malformed, or an answer does not fit its question.</exception>
    public async ValueTask TakeAsync(Session session, Envelope envelope, byte[] body, CancellationToken cancellationToken)
    {
        if (envelope.IsResponse)
            await TakeAnswerAsync(session, envelope, body, cancellationToken);
        else if (envelope.Method == "notifications/cancelled")
            await CancelAsync(session, envelope, body, cancellationToken);
        // Others (initialized, progress, roots/list_changed) change nothing here: roots are asked for when a tool wants them.
    }

    private async ValueTask TakeAnswerAsync(Session session, Envelope envelope, byte[] body, CancellationToken cancellationToken)
    {
        if (envelope.Id is null || IdText(envelope.Id) is not { } id)
            throw new RefusedException(Refusal.InvalidRequest, "A response needs the id of the request that it answers, a string as it was sent.");
        var answer = AnswerOf(envelope, body);
        if (!QuestionId.TryParse(id, out var question))
        {
            // One that nobody waits for any more is taken, like any answer that comes late.
            await session.Grain.AnswerAsync(session.Caller, id, answer);
            return;
        }
        // A client that cannot put the question has not put it: for the tool its user went away. Other questions stay open.
        if (jobs.Find(session.Caller, question.Job) is not { } job || (answer.Result ?? await RefusalAsync(job, question, cancellationToken)) is not { } result)
            return;
        await job.AnswerAsync([new InputResponse(question.Key, result) { Through = AnswerChannel.Session }], cancellationToken);
    }

    private static async ValueTask<byte[]?> RefusalAsync(JobHandle job, QuestionId question, CancellationToken cancellationToken) =>
        await job.GetAsync(cancellationToken) is { } now && now.InputRequests.Any(open => open.Key == question.Key && open.Method == "elicitation/create")
            ? Cancelled
            : null;

    private async ValueTask CancelAsync(Session session, Envelope envelope, byte[] body, CancellationToken cancellationToken)
    {
        if (!envelope.HasParams)
            return;
        using var document = ParamsDocument.Open(envelope.Params.CopyFrom(body));
        var parameters = document.RootElement;
        if (!parameters.TryGetProperty("requestId", out var requestId) || requestId.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            return;
        var reason = ParamsDocument.OptionalString(parameters, "reason");
        var job = await session.Grain.CancelAsync(session.Caller, JsonSerializer.SerializeToUtf8Bytes(requestId, JsonElements.Default.JsonElement));
        // A client that has waited long enough has not lost interest: this is what jobs are for.
        if (job is not null && !IsAboutTime(reason) && jobs.Find(session.Caller, job) is { } handle)
            await handle.CancelAsync(reason, cancellationToken);
    }

    private static bool IsAboutTime(string? reason) =>
        reason is not null && (reason.Contains("timed out", StringComparison.OrdinalIgnoreCase) || reason.Contains("timeout", StringComparison.OrdinalIgnoreCase));

    private static string? IdText(byte[] id)
    {
        using var document = JsonDocument.Parse(id);
        return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
    }

    private static ClientAnswer AnswerOf(Envelope envelope, byte[] body)
    {
        if (envelope.Result.IsPresent)
            return new ClientAnswer(envelope.Result.CopyFrom(body), null);
        using var error = JsonDocument.Parse(envelope.Error.CopyFrom(body));
        var message = error.RootElement.ValueKind == JsonValueKind.Object
            && error.RootElement.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "no reason given";
        return new ClientAnswer(null, Beginning.WithEllipsis(message, MaxErrorChars));
    }
}
