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
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job that asks."},"key":{"type":"string","description":"The question's key; may be left out while only one question is open."},"action":{"type":"string","enum":["accept","decline","cancel"],"description":"accept if left out."},"content":{"type":"object","description":"The answer, by the names of the question's schema. Needed with accept."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override bool IsReadOnly => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "key", "action", "content");
        var handle = jobs.Find(request.Caller, arguments.JobId())!;
        var job = await handle.GetAsync(request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        var question = Question(job, arguments.Text("key"));
        var response = new InputResponse(question.Key, Answer(arguments)) { Through = AnswerChannel.JobRespond };
        var answered = await AnswerAsync(request, handle, response) ?? throw JobToolMistakeException.NoSuchJob();
        var report = JobReport.Of(answered.Job, previewChars: 0);
        var taken = answered.Accepted.Contains(question.Key) ? "The answer is taken." : "The question was answered before; this answer was ignored.";
        await AnswerAsync(request, report with { Text = $"{taken} {report.Text}" });
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

    private static InputRequest Question(JobSnapshot job, string? key)
    {
        var open = job.InputRequests;
        if (open.IsEmpty)
            throw new JobToolMistakeException($"The job asks nothing now: it is {JobReport.StatusOf(job.Status)}. Call job_get to see where it stands.");
        if (key is null && open.Length > 1)
            throw new JobToolMistakeException($"The argument key is missing; the open questions are: {Keys(open)}.");
        return key is null
            ? open[0]
            : open.FirstOrDefault(question => question.Key == key)
                ?? throw new JobToolMistakeException($"There is no open question '{key}'; the open questions are: {Keys(open)}.");
    }

    private static string Keys(ImmutableArray<InputRequest> open) => string.Join(", ", open.Select(question => question.Key));

    private static byte[] Answer(JobToolArguments arguments)
    {
        var action = arguments.OneOf("action", "accept", "decline", "cancel") ?? "accept";
        var content = arguments.Object("content");
        if (action == "accept" && content is null)
            throw new JobToolMistakeException("The argument content is missing: with action accept it must hold the answer, by the names of the question's schema.");
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("action", action);
        if (action == "accept")
        {
            json.Writer.WritePropertyName("content");
            content!.Value.WriteTo(json.Writer);
        }
        json.Writer.WriteEndObject();
        return json.Written.ToArray();
    }
}
