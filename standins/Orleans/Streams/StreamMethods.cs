using System.Collections.Concurrent;
using Orleans.Calls;

namespace Orleans.Streams;

/// <summary>Streaming methods as their polls see them: always interleaving, so that an open stream never blocks the grain.</summary>
internal static class StreamMethods
{
    private static readonly ConcurrentDictionary<CallMethod, CallMethod> Polls = new();

    public static CallMethod Of(CallMethod method) => Polls.GetOrAdd(method, static original => original.AsInterleaving());
}
