using System.Collections.Concurrent;

namespace Orleans.Contract.Tests;

/// <summary>How a test and a grain of the same process tell each other where they are, by key and name.</summary>
internal static class Signals
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly ConcurrentDictionary<(string Key, string Name), TaskCompletionSource<object?>> All = new();
    private static readonly ConcurrentDictionary<(string Key, string Name), int> Counts = new();

    public static void Set(string key, string name, object? value = null) => Source(key, name).TrySetResult(value);

    public static async Task<object?> WaitAsync(string key, string name) => await Source(key, name).Task.WaitAsync(Deadline);

    public static bool IsSet(string key, string name) => Source(key, name).Task.IsCompleted;

    public static int Add(string key, string name) => Counts.AddOrUpdate((key, name), 1, (_, count) => count + 1);

    public static int Count(string key, string name) => Counts.GetValueOrDefault((key, name));

    private static TaskCompletionSource<object?> Source(string key, string name) => All.GetOrAdd(
        (key, name), _ => new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
