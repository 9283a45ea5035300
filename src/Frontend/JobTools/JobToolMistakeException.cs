namespace Actors.Frontend.JobTools;

/// <summary>Something the model can mend: it is told as a tool error.</summary>
internal sealed class JobToolMistakeException(string message) : Exception(message)
{
    /// <summary>One text for an unknown job, an expired one and somebody else's.</summary>
    public static JobToolMistakeException NoSuchJob() => new(
        "There is no job with this job_id for you: it is mistyped, expired, or belongs to somebody else. Call job_list to see your jobs.");
}
