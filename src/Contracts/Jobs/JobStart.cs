namespace Actors.Jobs;

/// <summary>When a call of a <see cref="JobAttribute">job tool</see> becomes a job.</summary>
public enum JobStart
{
    /// <summary>At once: the handle is returned before the tool's first line runs.</summary>
    AtOnce = 0,

    /// <summary>
    /// When the tool says so, with <see cref="JobContext.StartJobAsync"/>. Until then it runs as an ordinary call and may
    /// ask the client for input, round by round (MRTR); what it did before that line runs again in the job, with the
    /// same answers, so it must only ask and check there. A tool that returns first never becomes a job.
    /// </summary>
    OnDemand = 1,
}
