namespace Actors.Storage.Jobs;

/// <summary>The entries that wait to be written: bounded, and when full it is progress that goes first.</summary>
internal sealed class JournalBuffer(int limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<JournalEntry> _entries = new();
    private readonly Queue<LinkedListNode<JournalEntry>> _progress = new();

    /// <summary>How many entries had to be left out since the process started.</summary>
    public long Dropped { get; private set; }

    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _entries.Count == 0;
        }
    }

    public void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count >= limit)
            {
                Dropped++;
                if (entry.Kind is JournalKind.Progress || !_progress.TryDequeue(out var oldest)) return;
                _entries.Remove(oldest);
            }

            var node = _entries.AddLast(entry);
            if (entry.Kind is JournalKind.Progress) _progress.Enqueue(node);
        }
    }

    /// <summary>Takes the oldest entries out, in order.</summary>
    public List<JournalEntry> Take(int count)
    {
        lock (_gate)
        {
            var taken = new List<JournalEntry>(Math.Min(count, _entries.Count));
            while (taken.Count < count && _entries.First is { } first)
            {
                _entries.RemoveFirst();
                if (_progress.TryPeek(out var oldest) && oldest == first) _progress.Dequeue();
                taken.Add(first.Value);
            }

            return taken;
        }
    }

    /// <summary>Counts entries that were taken and cannot be written.</summary>
    public void Drop(List<JournalEntry> entries)
    {
        lock (_gate) Dropped += entries.Count;
    }

    /// <summary>Puts back what could not be written, as far as there is room, before what has come since.</summary>
    public void Return(List<JournalEntry> entries)
    {
        lock (_gate)
        {
            var room = Math.Min(entries.Count, limit - _entries.Count);
            Dropped += entries.Count - room;
            for (var index = entries.Count - 1; index >= entries.Count - room; index--) _entries.AddFirst(entries[index]);
        }
    }
}
