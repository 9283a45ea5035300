using System.Runtime.CompilerServices;
using Actors.Sessions;
using Actors.Tools;

namespace Actors.Grains.Sessions;

/// <summary>
/// What a short call has yielded, for whoever reads it, as often as it is read. Used within the grain's turns only.
/// </summary>
internal sealed class CallStream(long number, StreamHead head, int maxNotifications)
{
    private readonly LinkedList<CallEvent> _events = new([new CallEvent { Stream = number, Sequence = 0 }]);
    private TaskCompletionSource _changed = New();
    private long _sequence;
    private int _notifications;

    public long Number => number;

    public StreamHead Head => head;

    /// <summary>When it ended, on the clock of <see cref="TimeProvider.GetTimestamp"/>; null while it goes on.</summary>
    public long? EndedAt { get; private set; }

    public void Notify(string method, byte[]? parameters)
    {
        if (++_notifications > maxNotifications)
            DropOldestNotification();
        Add(new CallEvent { Stream = number, Sequence = ++_sequence, Method = method, Params = parameters });
    }

    public void Ask(string requestId, string method, byte[]? parameters) =>
        Add(new CallEvent { Stream = number, Sequence = ++_sequence, Method = method, Params = parameters, RequestId = requestId });

    /// <param name="outcome">Null: the client has cancelled the call.</param>
    /// <param name="timestamp">Now.</param>
    public void End(PrimitiveOutcome? outcome, long timestamp)
    {
        EndedAt = timestamp;
        Add(new CallEvent { Stream = number, Sequence = ++_sequence, Outcome = outcome, IsCancelled = outcome is null });
    }

    /// <summary>The events after that one, and those to come.</summary>
    public async IAsyncEnumerable<CallEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the events are looked at, so that one in between is not missed.
            var changed = _changed.Task;
            if (_events.FirstOrDefault(e => e.Sequence > after) is { } next)
            {
                after = next.Sequence;
                yield return next;
                if (next.IsLast)
                    yield break;
                continue;
            }
            if (EndedAt is not null)
                yield break;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Add(CallEvent next)
    {
        _events.AddLast(next);
        var changed = _changed;
        _changed = New();
        changed.SetResult();
    }

    private void DropOldestNotification()
    {
        for (var node = _events.First; node is not null; node = node.Next)
        {
            if (node.Value is { Method: not null, RequestId: null })
            {
                _events.Remove(node);
                _notifications--;
                return;
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
