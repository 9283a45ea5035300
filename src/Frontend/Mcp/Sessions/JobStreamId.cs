using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// Where a client stands on the stream of a job. As the id of its events it holds all that is needed to go on with the
/// stream, on any frontend, after the death of any process: nobody keeps it but the client. It opens nothing: the job
/// is looked up for the caller.
/// </summary>
/// <param name="Job">The job.</param>
/// <param name="RequestId">The JSON-RPC id of the request that waits for it, JSON.</param>
/// <param name="IsTaskResult">Whether that is a tasks/result, and not the tools/call itself.</param>
/// <param name="ProgressToken">JSON; null where no progress is wanted.</param>
/// <param name="Sequence">The event's place on the stream.</param>
/// <param name="Progress">The progress that was sent last, which the next must exceed; null: none.</param>
/// <param name="Asked">The keys of the questions that were sent.</param>
internal sealed record JobStreamId(
    string Job, string RequestId, bool IsTaskResult, string? ProgressToken, long Sequence, double? Progress, ImmutableArray<string> Asked)
{
    private const char Kind = 'j';
    private const int MaxLength = 4096;

    public override string ToString() =>
        Kind + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, JobStreamIdJson.Default.JobStreamId));

    public static JobStreamId? TryParse(string text)
    {
        if (text.Length is 0 or > MaxLength || text[0] != Kind || !Base64Url.IsValid(text.AsSpan(1)))
            return null;
        try
        {
            var id = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text.AsSpan(1)), JobStreamIdJson.Default.JobStreamId);
            // A number past the range of a double is read as infinite, and could not be written again.
            return id is { Asked.IsDefault: false, Sequence: >= 0 } && double.IsFinite(id.Progress ?? 0) && JobKey.IsHandle(id.Job)
                && RequestIdText.IsOne(id.RequestId) && (id.ProgressToken is null || RequestIdText.IsOne(id.ProgressToken)) ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
