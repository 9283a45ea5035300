using System.Text.Json;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Calls;
using Actors.Storage.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>The steps of one attempt: those that earlier ones have stored, and those that it adds. Most tools have none.</summary>
internal sealed class AttemptSteps(RunningAttempt attempt, StepTable table, JobLimits limits)
{
    private readonly Lock _lock = new();
    private Dictionary<string, StepResult>? _stored;
    private StepNames? _names;
    private Task? _loading;
    private int _count;
    private long _bytes;

    /// <summary>The tool starts from its first line.</summary>
    public void BeginExecution() => _names = null;

    public async Task<T> RunAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Names().Begin(name);
        await LoadAsync();
        attempt.Beat();
        var shape = StepShape.Of(typeof(T));
        if (Find(name) is { } stored)
        {
            return Read<T>(stored, shape);
        }

        var seq = TakePlace(name);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.Stopping);
        var step = new StepResult(name, seq, shape, Utf8(name, await work(either.Token)));
        TakeRoom(step);
        var result = Read<T>(step, shape);
        await attempt.SaveStepAsync(step);
        lock (_lock)
        {
            // A tool that conducts its own rounds comes by again in this attempt.
            (_stored ??= new(StringComparer.Ordinal)).Add(name, step);
        }

        return result;
    }

    private StepNames Names()
    {
        lock (_lock)
        {
            return _names ??= new StepNames();
        }
    }

    private static bool MayHaveSteps(JobRow row) => row.Attempt > 1 || row.Options?.RetryOf is not null;

    /// <summary>Reads what earlier attempts have stored, once, and only where there can be something.</summary>
    private Task LoadAsync()
    {
        lock (_lock)
        {
            return _loading is null or { IsFaulted: true } or { IsCanceled: true } ? _loading = ReadAsync() : _loading;
        }
    }

    private async Task ReadAsync()
    {
        if (!MayHaveSteps(attempt.Attempt.Row))
        {
            return;
        }

        var steps = await attempt.WhileStorageIsAwayAsync(() => table.ReadAsync(attempt.Key, attempt.Stopping));
        lock (_lock)
        {
            foreach (var step in steps)
            {
                (_stored ??= new(StringComparer.Ordinal)).Add(step.Name, step);
                _count++;
                _bytes += step.Result.Length;
            }
        }
    }

    private StepResult? Find(string name)
    {
        lock (_lock)
        {
            return _stored?.GetValueOrDefault(name);
        }
    }

    private int TakePlace(string name)
    {
        lock (_lock)
        {
            return _count < limits.MaxStepsPerJob
                ? ++_count
                : throw new StepException($"The step '{name}' is over the limit of {limits.MaxStepsPerJob} steps per job.");
        }
    }

    private void TakeRoom(StepResult step)
    {
        var size = step.Result.Length;
        if (size > limits.MaxStepBytes)
        {
            throw new StepException($"The result of the step '{step.Name}' has {size} bytes; the limit is {limits.MaxStepBytes}.");
        }

        lock (_lock)
        {
            if (_bytes + size > limits.MaxStepBytesPerJob)
            {
                throw new StepException(
                    $"With the {size} bytes of the step '{step.Name}' the job's steps are over the limit of {limits.MaxStepBytesPerJob} bytes.");
            }

            _bytes += size;
        }
    }

    private static byte[] Utf8<T>(string name, T result)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(result, JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new StepException($"The result of the step '{name}' cannot be stored as JSON: it is a {typeof(T)}.", exception);
        }
    }

    private static T Read<T>(StepResult step, string shape)
    {
        if (step.Shape != shape)
        {
            throw Misfit(step, shape, null);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(step.Result, JsonSerializerOptions.Web)!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw Misfit(step, shape, exception);
        }
    }

    private static StepException Misfit(StepResult step, string shape, Exception? inner) => new(
        $"The result of the step '{step.Name}' was stored as \"{step.Shape}\" and is asked for as \"{shape}\". " +
        "A step that has changed its type needs another name, for the jobs that have stored it already.",
        inner!);
}
