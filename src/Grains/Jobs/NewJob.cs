using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>What a request to create a job is checked for, and the row it becomes.</summary>
internal static class NewJob
{
    /// <returns>The tool's terms.</returns>
    /// <exception cref="JobRefusedException">No such job tool, or over a limit.</exception>
    public static JobAttribute Check(JobRequest request, JobKey key, IAttemptRunner runner, JobLimits limits)
    {
        // The key is made from the credential by the frontend; a mismatch is a defect there, never a caller's doing.
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.Call.Caller.Tenant, key.Tenant);
        var terms = runner.FindJob(request.Call.Name)
            ?? throw new JobRefusedException(JobErrors.UnknownTool(request.Call.Name));
        return request.Call.Params.Length <= limits.MaxParamsBytes
            ? terms
            : throw new JobRefusedException(JobErrors.ParamsTooLarge(limits.MaxParamsBytes));
    }

    /// <param name="request">What was asked for.</param>
    /// <param name="key">The job's.</param>
    /// <param name="terms">Its tool's.</param>
    /// <param name="longestTtl">How long its tenant's records are kept at most.</param>
    /// <param name="now">The time.</param>
    public static JobRow Row(JobRequest request, JobKey key, JobAttribute terms, TimeSpan longestTtl, DateTimeOffset now)
    {
        var call = request.Call;
        var runAt = request.StartAt is { } start && start > now ? start : now;
        return new JobRow
        {
            Id = key.Id,
            Owner = call.Caller,
            Tool = call.Name,
            Labels = request.Labels,
            Params = call.RequestState is { } verified ? WithRequestState(call.Params, verified) : call.Params,
            ProtocolVersion = call.ProtocolVersion,
            ClientCapabilities = call.ClientCapabilities,
            ClientInfo = call.ClientInfo,
            AnswersThroughJobTools = call.AnswersThroughJobTools,
            CreatedAt = now,
            Priority = request.Priority,
            Options = request.TtlMs is { } asked ? (request.Options ?? new JobOptions()) with { TtlMs = asked } : request.Options,
            RunAt = runAt,
            UpdatedAt = now,
            // A job that begins later is kept as long after that as one that begins at once.
            ExpiresAt = runAt + JobExpiry.Ttl(request.TtlMs, terms, longestTtl),
            Status = JobStatus.Queued,
            Exchanges = Answers.OfCall(call, now),
        };
    }

    // The client's params carry the state sealed; the tool's own, unsealed one is what a later attempt must find.
    private static byte[] WithRequestState(byte[] parameters, string requestState)
    {
        var json = JsonNode.Parse(parameters)!.AsObject();
        json["requestState"] = requestState;
        return JsonSerializer.SerializeToUtf8Bytes(json);
    }
}
