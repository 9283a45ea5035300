using System.Text.Json;
using Actors.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>The job context of a tool that runs as a job.</summary>
internal sealed class AttemptContext(RunningAttempt attempt, AttemptSteps steps) : JobContext
{
    public override string? JobId => attempt.Key.Id;

    public override string Tenant => attempt.Key.Tenant;

    public override int Attempt => attempt.Number;

    public override T? Checkpoint<T>()
        where T : default =>
        attempt.Checkpoint is { } stored ? JsonSerializer.Deserialize<T>(stored, JsonSerializerOptions.Web) : default;

    public override Task SaveCheckpointAsync<T>(T checkpoint, CancellationToken cancellationToken = default) =>
        attempt.SaveCheckpointAsync(JsonSerializer.SerializeToUtf8Bytes(checkpoint, JsonSerializerOptions.Web), cancellationToken);

    public override Task<T> StepAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken = default) =>
        steps.RunAsync(name, work, cancellationToken);

    public override string IdempotencyKey(string step) => $"{attempt.Attempt.Row.Options?.FirstTry ?? attempt.Key.Id}/{step}";

    public override Task StartJobAsync() => Task.CompletedTask;
}
