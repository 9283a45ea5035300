using System.Collections.Concurrent;
using ModelContextProtocol;

namespace Actors.KnowledgeBase.Tests;

/// <summary>Keeps what was reported, in the order it came.</summary>
internal sealed class ProgressRecord : IProgress<ProgressNotificationValue>
{
    private readonly ConcurrentQueue<ProgressNotificationValue> _values = new();

    public IReadOnlyList<ProgressNotificationValue> Values => [.. _values];

    public void Report(ProgressNotificationValue value) => _values.Enqueue(value);
}
