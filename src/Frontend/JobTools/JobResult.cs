using System.Text;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_result</c>.</summary>
internal sealed class JobResult(JobHandles jobs, JobResultPieces results, InlineCalls calls, ServerIdentity identity) : JobTool(identity)
{
    private const int DefaultLength = 20_000;
    private const int MaxLength = 100_000;

    public override string Name => JobToolNames.Result;

    protected override string Title => "Get a job's result";

    protected override string Description =>
        """
        Returns the whole result of a completed job, exactly as the tool itself would have returned it. Call it once job_wait or
        job_get says the job has completed. It does not wait: for a job that still runs it says so. A very large result comes as its beginning:
        call it with offset to read the result's JSON piece by piece.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of a completed job."},"offset":{"type":"integer","minimum":0,"description":"Read a piece of the result's JSON from this byte on; 0 for the first, then next_offset of the piece before."},"length":{"type":"integer","minimum":{{{ResultPiece.MinBytes}}},"maximum":{{{MaxLength}}},"description":"Bytes of a piece; {{{DefaultLength}}} if left out."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "offset", "length");
        var id = arguments.JobId();
        int? offset = arguments.Has("offset") ? arguments.Int("offset", 0, 0, int.MaxValue) : null;
        var length = arguments.Int("length", DefaultLength, ResultPiece.MinBytes, MaxLength);
        var job = await jobs.GetAsync(request.Caller, id, request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        if (job.Status != JobStatus.Completed)
            await AnswerAsync(request, JobReport.Of(job, previewChars: 0), isError: job.IsTerminal);
        else if (offset is null && !arguments.Has("length"))
            await calls.AnswerAsync(request, job.Result!);
        else
            await AnswerAsync(request, await PieceAsync(request, job, offset ?? 0, length));
    }

    private async ValueTask<ToolText> PieceAsync(McpRequest request, JobSnapshot job, int offset, int length)
    {
        var (piece, size, digest) = await results.ReadAsync(request.Caller, job, offset, length, request.Aborted);
        return new ToolText(Encoding.UTF8.GetString(piece.Utf8.Span), writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("size", size);
            writer.WriteNumber("offset", piece.Offset);
            writer.WriteNumber("length", piece.Utf8.Length);
            if (piece.End < size)
                writer.WriteNumber("next_offset", piece.End);
            if (digest is not null)
                writer.WriteString("sha256", Convert.ToHexStringLower(digest));
            writer.WriteEndObject();
        });
    }
}
