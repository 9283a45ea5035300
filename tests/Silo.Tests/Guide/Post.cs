using System.Collections.Concurrent;
using Actors.Jobs;

namespace Actors.Silo.Tests.Guide;

/// <summary>What the tools of docs/writing-tools.md send letters with. It sends one letter per key, and is busy when a test says so.</summary>
public sealed class Post
{
    private readonly ConcurrentDictionary<string, string> _sent = new();
    private int _busy;

    public IReadOnlyCollection<string> Letters => [.. _sent.Values];

    /// <summary>How often it is asked to send from now on until it is no longer busy.</summary>
    public void BeBusy(int times) => Volatile.Write(ref _busy, times);

    public Task<string> SendAsync(string letter, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Decrement(ref _busy) >= 0)
        {
            throw new TransientException("the post office is closed") { RetryAfter = TimeSpan.FromMilliseconds(1) };
        }

        _sent.TryAdd(key, letter);
        return Task.FromResult($"receipt of {letter}");
    }
}
