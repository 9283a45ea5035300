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

    /// <summary>Executions at most, the first included; a crash uses one up, a hand-over between silos and a wait for an answer do not.</summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>
    /// Exceptions of the tool, and what derives from them, after which another attempt runs. A <see cref="TransientException"/> is one always.
    /// </summary>
    public Type[] RetryOn { get; set; } = [];

    /// <summary>Milliseconds before the second attempt, where the first has failed; each further delay is <see cref="RetryBackoff"/> times as long.</summary>
    public int FirstRetryDelayMs { get; set; } = 1000;

    /// <summary>By how much each delay is longer than the one before; at least 1. A fifth of each delay is drawn by lot.</summary>
    public double RetryBackoff { get; set; } = 2;

    /// <summary>Milliseconds that no delay exceeds, but one that a <see cref="TransientException"/> asks for.</summary>
    public int MaxRetryDelayMs { get; set; } = 300_000;

    /// <summary>
    /// Seconds one attempt may run before it is stopped, the time it waits for answers not counted; 0: no limit. It has failed then, and is
    /// tried again where <see cref="RetryTimeouts"/> says so.
    /// </summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>Whether an attempt that ran over its time, or gave no sign of life, is followed by another.</summary>
    public bool RetryTimeouts { get; set; }

    /// <summary>Seconds from its first start after which the job fails, all attempts and delays included, the time it waits for answers not; 0: no limit.</summary>
    public int TotalTimeoutSeconds { get; set; }

    /// <summary>Seconds a tool may say nothing (progress, log line, checkpoint, step) before its attempt is stopped; 0: no limit.</summary>
    public int HeartbeatSeconds { get; set; }

    /// <summary>Seconds a question may stay open; 0: as the installation has it (<c>Actors:Jobs:InputTimeout</c>, 30 days).</summary>
    public int InputTimeoutSeconds { get; set; }

    /// <summary>What becomes of the job then.</summary>
    public OnInputExpiry OnInputExpiry { get; set; }

    /// <summary>Whether a person is asked before the tool runs.</summary>
    public Confirmation Confirm { get; set; }

    /// <summary>Jobs of this tool that run at once, in the whole cluster; 0: no limit.</summary>
    public int MaxRunning { get; set; }

    /// <summary>The same, of one tenant; 0: no limit.</summary>
    public int MaxRunningPerTenant { get; set; }

    /// <summary>
    /// Seconds within which the same call (same principal and arguments) is the same job, for agents that call again blindly after a lost
    /// reply; 0: each call is one of its own.
    /// </summary>
    public int DeduplicateSeconds { get; set; }

    /// <summary>Seconds a tool has to stop after its cancellation token is set, before it is fenced off.</summary>
    public int CancelGraceSeconds { get; set; } = 10;

    /// <summary>Seconds the record is kept, from creation and at least until the job ended.</summary>
    public int TtlSeconds { get; set; } = 7 * 24 * 3600;

    /// <summary>
    /// Seconds the record of a job that failed is kept, from its end, where its caller asked for no time; 0: as <see cref="TtlSeconds"/> says.
    /// </summary>
    public int FailedTtlSeconds { get; set; }

    /// <summary>The same of one that was cancelled.</summary>
    public int CancelledTtlSeconds { get; set; }

    /// <summary>
    /// Milliseconds after which the connection of a call is let go that waits for the job: a client of 2025-11-25 comes back for the answer and
    /// meanwhile costs nothing. 0: it is held for as long as the call waits.
    /// </summary>
    public int ReleaseConnectionAfterMs { get; set; }

    /// <summary>Milliseconds between polls that a client is told to leave.</summary>
    public int PollIntervalMs { get; set; } = 1000;
}
