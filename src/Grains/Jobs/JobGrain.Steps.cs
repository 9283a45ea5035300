using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>The pieces of work that a tool does once per job.</summary>
internal sealed partial class JobGrain
{
    public async Task SaveStepAsync(int attempt, StepResult step)
    {
        Guard(attempt);
        await WriteAsync(_row! with { UpdatedAt = time.GetUtcNow() }, step);
    }
}
