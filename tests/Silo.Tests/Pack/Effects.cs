using System.Collections.Concurrent;

namespace Actors.Silo.Tests.Pack;

/// <summary>What the steps of tools did, by the test's own name for it: each effect with the key it was done under.</summary>
public static class Effects
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Done = new();

    public static void Add(string effect, string key) => Done.GetOrAdd(effect, _ => new ConcurrentQueue<string>()).Enqueue(key);

    public static string[] Of(string effect) => Done.TryGetValue(effect, out var keys) ? [.. keys] : [];
}
