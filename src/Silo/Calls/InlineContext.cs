using Actors.Jobs;
using Actors.Silo.Mcp;

namespace Actors.Silo.Calls;

/// <summary>The job context of a call that is not a job, and may become one.</summary>
internal sealed class InlineContext(string tenant, string name, JobAttribute? terms) : JobContext
{
    private readonly StepNames _steps = new();

    public override string? JobId => null;

    public override string Tenant => tenant;

    public override int Attempt => 0;

    /// <summary>Whether the tool said that it goes on as a job.</summary>
    public bool BecomesJob { get; private set; }

    public override T? Checkpoint<T>()
        where T : default => default;

    public override Task SaveCheckpointAsync<T>(T checkpoint, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException($"'{name}' does not run as a job, so it has no checkpoint.");

    public override Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        _steps.Begin(name);
        return base.StepAsync(name, work, cancellationToken);
    }

    public override Task StartJobAsync()
    {
        if (terms?.Start is not JobStart.OnDemand)
        {
            throw new InvalidOperationException($"'{name}' is not marked [Job(Start = JobStart.OnDemand)].");
        }

        BecomesJob = true;
        return Task.FromException(new RoundEndedException());
    }
}
