using System.Numerics;

namespace Orleans.Messaging;

/// <summary>
/// What was sent over one link and is not answered yet, by number. Striped, and each stripe an array with a list of its
/// free slots: a call costs one short lock on the way out and one on the way back, and allocates nothing.
/// </summary>
internal sealed class PendingReplies
{
    private const int StripeBits = 4;
    private const int StripeMask = (1 << StripeBits) - 1;

    private readonly Stripe[] _stripes;

    /// <summary>Takes at most so many at a time.</summary>
    public PendingReplies(int limit)
    {
        var count = Math.Min(1 << StripeBits, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));
        _stripes = new Stripe[count];
        for (var i = 0; i < count; i++) _stripes[i] = new Stripe(Math.Max(1, limit / count));
    }

    public int Count => _stripes.Sum(stripe => stripe.Count);

    /// <summary>False when there are too many, or when the link is closed.</summary>
    public bool TryAdd(IAwaitsReply entry, out ulong id, out bool isClosed)
    {
        var index = Thread.GetCurrentProcessorId() & (_stripes.Length - 1);
        var stripe = _stripes[index];
        lock (stripe)
        {
            isClosed = stripe.IsClosed;
            if (stripe.TryAdd(entry, out var slot, out var generation))
            {
                id = ((ulong)generation << 32) | ((uint)slot << StripeBits) | (uint)index;
                return true;
            }
        }

        id = 0;
        return false;
    }

    /// <summary>The entry with the number, which is then free; null when it is not there any more.</summary>
    public IAwaitsReply? Take(ulong id)
    {
        var index = (int)(id & StripeMask);
        if (index >= _stripes.Length) return null;

        var stripe = _stripes[index];
        lock (stripe) return stripe.Take((int)((uint)id >> StripeBits), (uint)(id >> 32));
    }

    /// <summary>Takes no more, and hands out what is still there.</summary>
    public List<IAwaitsReply> Close()
    {
        List<IAwaitsReply> left = [];
        foreach (var stripe in _stripes)
            lock (stripe) stripe.Close(left);
        return left;
    }

    /// <summary>Drops what nobody waits for any more.</summary>
    public void RemoveExpired(long nowTicks)
    {
        foreach (var stripe in _stripes)
            lock (stripe) stripe.RemoveExpired(nowTicks);
    }

    private sealed class Stripe(int limit)
    {
        private const int FirstSize = 16;

        private Slot[] _slots = new Slot[FirstSize];
        private int _used;
        private int _free = -1;

        public int Count { get; private set; }

        public bool IsClosed { get; private set; }

        public bool TryAdd(IAwaitsReply entry, out int slot, out uint generation)
        {
            slot = 0;
            generation = 0;
            if (IsClosed || Count >= limit) return false;

            if (_free >= 0)
            {
                slot = _free;
                _free = _slots[slot].NextFree;
            }
            else
            {
                if (_used == _slots.Length) Array.Resize(ref _slots, _slots.Length * 2);
                slot = _used++;
            }

            ref var taken = ref _slots[slot];
            taken.Entry = entry;
            // Never the same number twice in a row: a late answer must not meet the slot's next tenant.
            generation = ++taken.Generation;
            Count++;
            return true;
        }

        public IAwaitsReply? Take(int slot, uint generation)
        {
            if (slot >= _used || _slots[slot].Generation != generation || _slots[slot].Entry is not { } entry) return null;

            Free(slot);
            return entry;
        }

        public void Close(List<IAwaitsReply> left)
        {
            IsClosed = true;
            for (var i = 0; i < _used; i++)
            {
                if (_slots[i].Entry is not { } entry) continue;
                left.Add(entry);
                Free(i);
            }
        }

        public void RemoveExpired(long nowTicks)
        {
            for (var i = 0; i < _used; i++)
                if (_slots[i].Entry is { } entry && entry.ExpiresAtTicks < nowTicks) Free(i);
        }

        private void Free(int slot)
        {
            _slots[slot].Entry = null;
            _slots[slot].NextFree = _free;
            _free = slot;
            Count--;
        }
    }

    private struct Slot
    {
        public IAwaitsReply? Entry;
        public uint Generation;
        public int NextFree;
    }
}
