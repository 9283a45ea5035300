namespace Actors.Jobs;

/// <summary>
/// Says that a tool is long: every call of it becomes a durable job. Goes beside <c>[McpServerTool]</c>, or on a class that
/// derives from <c>McpServerTool</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class JobAttribute : Attribute
{
    /// <summary>When a call becomes a job.</summary>
    public JobStart Start { get; set; }

    /// <summary>What a client without the tasks extension gets.</summary>
    public TaskSupport TaskSupport { get; set; }

    /// <summary>What happens to a job whose process died under it.</summary>
    public AfterCrash AfterCrash { get; set; }

    /// <summary>Executions at most, the first included; a crash uses one up.</summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>
    /// Seconds one attempt may run before it is stopped and the job fails, the time it waits for answers not counted; 0: no limit.
    /// </summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>Seconds a tool has to stop after its cancellation token is set, before it is fenced off.</summary>
    public int CancelGraceSeconds { get; set; } = 10;

    /// <summary>Seconds the record is kept, from creation and at least until the job ended.</summary>
    public int TtlSeconds { get; set; } = 7 * 24 * 3600;

    /// <summary>
    /// Milliseconds after which the connection of a call is let go that waits for the job: a client of 2025-11-25 comes back for the answer and
    /// meanwhile costs nothing. 0: it is held for as long as the call waits.
    /// </summary>
    public int ReleaseConnectionAfterMs { get; set; }

    /// <summary>Milliseconds between polls that a client is told to leave.</summary>
    public int PollIntervalMs { get; set; } = 1000;
}
