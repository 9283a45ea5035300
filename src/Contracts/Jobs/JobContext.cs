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
    /// Runs a piece of work once per job: its result is stored, durably, before this returns, and a later attempt (after a crash, a failure or a
    /// hand-over) gets the stored result without running the work. Steps may run side by side. What is returned has been through JSON, in the
    /// first attempt as in a later one.
    /// <para>
    /// Should the process die after the work has had its effect and before its result is stored, the next attempt runs the work again. Where that
    /// matters, pass <see cref="IdempotencyKey"/> on to whatever is called: it is the same then.
    /// </para>
    /// <para>
    /// Outside a job (in a short tool, and in one of <see cref="JobStart.OnDemand"/> that has not become a job) the work just runs, and nothing is
    /// kept: call <see cref="StartJobAsync"/> before the first step.
    /// </para>
    /// </summary>
    /// <param name="name">Unique within the job: 1 to 128 letters, digits, and <c>. _ - / :</c>.</param>
    /// <param name="work">What is to be done; its token is set when the attempt is to stop.</param>
    /// <param name="cancellationToken">The tool's token.</param>
    /// <exception cref="StepException">The name is malformed or was used before, the stored result is of another type, or a limit is passed.</exception>
    /// <exception cref="OperationCanceledException">This attempt may no longer write: it was cancelled, replaced, or its time is over.</exception>
    public virtual Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work(cancellationToken);
    }

    /// <summary>The same for work without a result.</summary>
    public async Task StepAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await StepAsync(
            name,
            async token =>
            {
                await work(token);
                return new NoResult();
            },
            cancellationToken);
    }

    /// <summary>
    /// A key that is the same in every attempt of this job for a step of this name, in one that was tried again by hand too, and of no other job:
    /// for services that do a thing once per key. Outside a job it is another one each time.
    /// </summary>
    public virtual string IdempotencyKey(string step) => $"{Guid.NewGuid():N}/{step}";

    /// <summary>
    /// In a tool of <see cref="JobStart.OnDemand"/>: goes on as a job from here. Returns at once when this already is one;
    /// otherwise it does not return, and the tool runs again from its first line as a job.
    /// </summary>
    public abstract Task StartJobAsync();
}
