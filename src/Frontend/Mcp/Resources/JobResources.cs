using Actors.Frontend.JobTools;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Resources;

/// <summary>Reads the resources of jobs: for their owner, and for nobody else.</summary>
internal sealed class JobResources(
    JobHandles jobs, JobLogPages log, JobResultPieces results, ServerIdentity identity, IOptions<FrontendLimits> limits)
{
    private const int ResourceNotFoundCode = -32002;

    public async ValueTask ReadAsync(McpRequest request, JobUri uri)
    {
        var content = uri.Resource switch
        {
            JobResource.State => await StateAsync(request, uri),
            JobResource.Result => await ResultAsync(request, uri),
            _ => await LogAsync(request, uri),
        };
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        ResultResponse.Begin(writer, request, WireNames.Complete);
        writer.WriteStartArray("contents");
        writer.WriteStartObject();
        writer.WriteString("uri", uri.Text);
        writer.WriteString("mimeType", content.MimeType);
        writer.WriteString("text", content.Utf8.Span);
        if (content.Meta is { } meta)
        {
            writer.WritePropertyName(WireNames.Meta);
            meta(writer);
        }
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (!request.IsLegacy)
        {
            writer.WriteNumber(WireNames.TtlMs, 0);
            writer.WriteString(WireNames.CacheScope, CachingHints.Private);
        }
        ResultResponse.End(writer, request, identity);
        await request.AnswerAsync(json);
    }

    /// <exception cref="JobRefusedException">There is no such job for this caller.</exception>
    public async ValueTask RequireAsync(McpRequest request, JobUri uri)
    {
        if (await jobs.GetAsync(request.Caller, uri.JobId, request.Aborted) is null)
            throw NotFound(request, uri);
    }

    private async ValueTask<JobContent> StateAsync(McpRequest request, JobUri uri)
    {
        _ = new JobUriQuery(uri);
        var job = await jobs.GetAsync(request.Caller, uri.JobId, request.Aborted) ?? throw NotFound(request, uri);
        using var json = JsonBuffer.Rent();
        JobReport.Of(job, limits.Value.ResultPreviewChars).Structure!(json.Writer);
        return new JobContent(JobContent.Json, json.Written.ToArray());
    }

    private async ValueTask<JobContent> ResultAsync(McpRequest request, JobUri uri)
    {
        var most = limits.Value.MaxResultPieceBytes;
        var query = new JobUriQuery(uri, "offset", "length");
        var offset = query.Integer("offset", 0, long.MaxValue);
        var length = query.Integer("length", ResultPiece.MinBytes, most);
        var job = await jobs.GetAsync(request.Caller, uri.JobId, request.Aborted) ?? throw NotFound(request, uri);
        if (job.Status is not JobStatus.Completed)
            throw NotFound(request, uri, $"The job has no result: it is {JobReport.StatusOf(job.Status)}.");
        var (piece, size, digest) = await results.ReadAsync(request.Caller, job, offset ?? 0, (int)(length ?? most), request.Aborted);
        if (offset is null && length is null && piece.End == size)
            return new JobContent(JobContent.Json, piece.Utf8);
        return new JobContent(JobContent.Piece, piece.Utf8, writer => ResultPieceJson.Write(writer, piece, size, digest));
    }

    private async ValueTask<JobContent> LogAsync(McpRequest request, JobUri uri)
    {
        var query = new JobUriQuery(uri, "cursor", "tail", "from", "to", "level", "search", "limit");
        var level = query.Text("level");
        if (level is not null && !LogLevels.Contains(level))
            throw JobUriQuery.Invalid($"must have one of {string.Join(", ", LogLevels.All)} for 'level'");
        var search = query.Text("search");
        if (search?.Length > JobLogPages.MaxSearchChars)
            throw JobUriQuery.Invalid($"may have {JobLogPages.MaxSearchChars} characters for 'search'");
        var wanted = new JournalQuery
        {
            After = query.Integer("cursor", 0, long.MaxValue) ?? 0,
            Limit = (int)(query.Integer("limit", 1, JobLogPages.MaxLimit) ?? JobLogPages.DefaultLimit),
            Tail = query.Flag("tail"),
            From = query.Time("from"),
            Before = query.Time("to"),
            Levels = level is null ? [] : LogLevels.From(level),
            Search = search,
        };
        var page = await log.ReadAsync(request.Caller, uri.JobId, wanted, request.Aborted) ?? throw NotFound(request, uri);
        using var json = JsonBuffer.Rent();
        JobLogJson.Write(json.Writer, page);
        return new JobContent(JobContent.Json, json.Written.ToArray());
    }

    // Resources, Error Handling: until 2025-11-25 the code was -32002. The words for an unknown job and for somebody else's are the same.
    private static JobRefusedException NotFound(McpRequest request, JobUri uri, string? because = null)
    {
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("uri", uri.Text);
        json.Writer.WriteEndObject();
        return new JobRefusedException(new JobError(
            request.IsLegacy ? ResourceNotFoundCode : WireError.InvalidParamsCode,
            because is null ? "Resource not found." : "Resource not found. " + because,
            json.Written.ToArray()));
    }
}
