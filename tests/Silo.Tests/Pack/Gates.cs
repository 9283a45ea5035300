using System.Collections.Concurrent;

namespace Actors.Silo.Tests.Pack;

/// <summary>
/// Where a test meets a tool: the tool says that it has arrived at a named gate and waits there until the test opens it.
/// Tools run in the test's process, so nothing has to be waited for by the clock.
/// </summary>
public static class Gates
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Arrivals = new();
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Openings = new();

    /// <summary>For the tool: how often it came to a gate is in its name.</summary>
    public static Task PassAsync(string gate, CancellationToken cancellationToken = default)
    {
        Signal(Arrivals, gate).TrySetResult();
        return Signal(Openings, gate).Task.WaitAsync(cancellationToken);
    }

    public static void Open(string gate) => Signal(Openings, gate).TrySetResult();

    public static bool IsOpen(string gate) => Signal(Openings, gate).Task.IsCompleted;

    public static Task ArrivedAsync(string gate) => Signal(Arrivals, gate).Task.WaitAsync(Deadline);

    public static bool HasArrived(string gate) => Signal(Arrivals, gate).Task.IsCompleted;

    private static TaskCompletionSource Signal(ConcurrentDictionary<string, TaskCompletionSource> all, string gate) =>
        all.GetOrAdd(gate, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
