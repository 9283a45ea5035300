using System.Collections.Concurrent;

namespace Actors.Frontend.Tests;

/// <summary>
/// Where a test meets a tool: the tool says that it has come to a named gate and waits there until the test opens it. Names are each test's own.
/// </summary>
internal static class Gates
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<string, Gate> All = new();

    public static string NewName() => $"gate-{Guid.NewGuid():N}";

    /// <summary>For the tool.</summary>
    public static Task PassAsync(string name, CancellationToken cancellationToken)
    {
        Of(name).Arrived.TrySetResult();
        return Of(name).Opened.Task.WaitAsync(cancellationToken);
    }

    public static void Open(string name) => Of(name).Opened.TrySetResult();

    public static Task ArrivedAsync(string name, CancellationToken cancellationToken) => Of(name).Arrived.Task.WaitAsync(Deadline, cancellationToken);

    public static bool HasArrived(string name) => Of(name).Arrived.Task.IsCompleted;

    private static Gate Of(string name) => All.GetOrAdd(name, static _ => new Gate());

    private sealed class Gate
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
