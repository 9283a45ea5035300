using System.Text.Json;
using Actors.Jobs;

namespace Actors.Silo.FollowUps;

/// <summary>How a job ended, in one word: a result that says <c>isError</c> is a failure, as the trigger that writes follow-ups has it.</summary>
internal static class EndedStatus
{
    public static string Of(JobSnapshot job) => job.Status switch
    {
        JobStatus.Completed => IsError(job.Result) ? "failed" : "completed",
        JobStatus.Cancelled => "cancelled",
        _ => "failed",
    };

    private static bool IsError(byte[]? stored)
    {
        if (stored is null)
            return false;
        using var result = JsonDocument.Parse(stored);
        return result.RootElement.TryGetProperty("isError", out var isError) && isError.ValueKind == JsonValueKind.True;
    }
}
