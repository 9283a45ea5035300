using System.Collections.Concurrent;
using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests.Lifecycle;

/// <summary>A job of which one runs at a time, until its test lets it end.</summary>
[McpServerToolType]
public static class GatedTool
{
    private static readonly ConcurrentDictionary<string, Gate> Gates = new();
    private static int _running;
    private static int _most;

    /// <summary>The most that ever ran at once.</summary>
    public static int Most => _most;

    [McpServerTool(Name = "gated_alone"), Job(PollIntervalMs = 100, MaxRunning = 1), Description("Runs until it is let go.")]
    public static async Task<string> RunAsync(string token, CancellationToken cancellationToken)
    {
        var gate = Of(token);
        _most = Math.Max(_most, Interlocked.Increment(ref _running));
        gate.Started.TrySetResult(TimeProvider.System.GetUtcNow());
        try
        {
            await gate.Open.Task.WaitAsync(cancellationToken);
            return token;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>When it began.</summary>
    public static Task<DateTimeOffset> WhenStartedAsync(string token) => Of(token).Started.Task;

    public static bool HasStarted(string token) => Of(token).Started.Task.IsCompleted;

    public static void LetGo(string token) => Of(token).Open.TrySetResult();

    private static Gate Of(string token) => Gates.GetOrAdd(token, _ => new Gate());

    private sealed class Gate
    {
        public TaskCompletionSource<DateTimeOffset> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
