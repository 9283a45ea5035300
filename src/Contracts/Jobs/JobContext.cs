namespace Actors.Jobs;

/// <summary>
/// What a tool can ask of the job it runs in. Take it as a parameter of an <c>[McpServerTool]</c> method; it does not appear in
/// the tool's input schema.
/// </summary>
public abstract class JobContext
{
    /// <summary>The handle; null while a tool of <see cref="JobStart.OnDemand"/> has not become a job, and in a short tool.</summary>
    public abstract string? JobId { get; }

    /// <summary>The tenant whose job this is.</summary>
    public abstract string Tenant { get; }

    /// <summary>1 in the first execution; 0 outside a job.</summary>
    public abstract int Attempt { get; }

    /// <summary>The last checkpoint that an earlier attempt, or this one, saved; default where there is none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored checkpoint does not fit <typeparamref name="T"/>.</exception>
    public abstract T? Checkpoint<T>();

    /// <summary>
    /// Replaces the checkpoint, durably: what was saved when this returns is there for the next attempt.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not a job, or the checkpoint is over the size limit.</exception>
    /// <exception cref="OperationCanceledException">This attempt may no longer write: it was cancelled or replaced.</exception>
    public abstract Task SaveCheckpointAsync<T>(T checkpoint, CancellationToken cancellationToken = default);

    /// <summary>
    /// In a tool of <see cref="JobStart.OnDemand"/>: goes on as a job from here. Returns at once when this already is one;
    /// otherwise it does not return, and the tool runs again from its first line as a job.
    /// </summary>
    public abstract Task StartJobAsync();
}
