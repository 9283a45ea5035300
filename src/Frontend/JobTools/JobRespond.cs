using System.Collections.Immutable;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_respond</c>.</summary>
internal sealed class JobRespond(JobHandles jobs, ServerIdentity identity) : JobTool(identity)
{
    public override string Name => JobToolNames.Respond;

    protected override string Title => "Answer a job's question";

    protected override string Description =>
        """
        Answers a question that a job has asked (status input_required). Give the question's key and, with action accept, the
        content its schema asks for; take the values from the user where you do not know them. decline refuses, cancel
        dismisses the question. Then call job_wait: the job goes on once its questions are answered.
        """;

    protected override string InputSchema =>
        """
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job that asks."},"key":{"type":"string","description":"The question's key; may be left out while only one question is open."},"action":{"type":"string","enum":["accept","decline","cancel"],"description":"accept if left out."},"content":{"type":"object","description":"The answer, by the names of the question's schema. Needed with accept where the schema has members."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override bool IsReadOnly => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "key", "action", "content");
        var handle = jobs.Find(request.Caller, arguments.JobId())!;
        var job = await handle.GetAsync(request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        var key = arguments.Text("key") ?? OnlyOpen(job);
        if (key is null)
        {
            await RefuseAsync(request, job, job.Answered[^1]);
            return;
        }
        var question = job.InputRequests.FirstOrDefault(open => open.Key == key);
        var response = new InputResponse(key, Answer(arguments, question)) { Through = AnswerChannel.JobRespond };
        var answered = await AnswerAsync(request, handle, response) ?? throw JobToolMistakeException.NoSuchJob();
        if (answered.Accepted.Contains(key))
            await AnswerAsync(request, With("The answer is taken.", answered.Job));
        else if (answered.Earlier.FirstOrDefault(earlier => earlier.Key == key) is { } earlier)
            await RefuseAsync(request, answered.Job, earlier);
        else
            throw NoSuchQuestion(key, answered.Job);
    }

    // Not an error: an agent that repeats its call, since the reply to it was lost, has what it wanted.
    private ValueTask RefuseAsync(McpRequest request, JobSnapshot job, AnsweredInput earlier) =>
        AnswerAsync(request, With(AnsweredText.TooLate(earlier), job));

    private static ToolText With(string sentence, JobSnapshot job)
    {
        var report = JobReport.Of(job, previewChars: 0);
        return report with { Text = $"{sentence} {report.Text}" };
    }

    private static async ValueTask<AnswerResult?> AnswerAsync(McpRequest request, JobHandle handle, InputResponse response)
    {
        try
        {
            return await handle.AnswerAsync([response], request.Aborted);
        }
        catch (JobRefusedException e)
        {
            throw new JobToolMistakeException(e.Message);
        }
    }

    /// <summary>The question that is meant where none is named; null where the last one was answered already.</summary>
    private static string? OnlyOpen(JobSnapshot job) => job.InputRequests switch
    {
        [var only] => only.Key,
        [] when !job.Answered.IsEmpty => null,
        [] => throw new JobToolMistakeException($"The job asks nothing now: it is {JobReport.StatusOf(job.Status)}. Call job_get to see where it stands."),
        var open => throw new JobToolMistakeException($"The argument key is missing; the open questions are: {Keys(open)}."),
    };

    private static JobToolMistakeException NoSuchQuestion(string key, JobSnapshot job) => new(job.InputRequests.IsEmpty
        ? $"There is no open question '{key}': the job is {JobReport.StatusOf(job.Status)} and asks nothing now. Call job_get to see where it stands."
        : $"There is no open question '{key}'; the open questions are: {Keys(job.InputRequests)}.");

    private static string Keys(ImmutableArray<InputRequest> open) => string.Join(", ", open.Select(question => question.Key));

    private static byte[] Answer(JobToolArguments arguments, InputRequest? question)
    {
        var action = arguments.OneOf("action", "accept", "decline", "cancel") ?? "accept";
        var content = arguments.Object("content");
        if (action == "accept" && content is null && question is not null && QuestionText.AsksForContent(question))
            throw new JobToolMistakeException("The argument content is missing: with action accept it must hold the answer, by the names of the question's schema.");
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("action", action);
        if (action == "accept")
        {
            json.Writer.WritePropertyName("content");
            if (content is { } given)
                given.WriteTo(json.Writer);
            else
                json.Writer.WriteRawValue("{}"u8);
        }
        json.Writer.WriteEndObject();
        return json.Written.ToArray();
    }
}
