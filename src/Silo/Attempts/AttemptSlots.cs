using Actors.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>
/// The places in which attempts run on this silo, and the line for them, first come first served. A slot that comes free
/// is held for the first in line until its grain takes it or says no.
/// </summary>
internal sealed class AttemptSlots(int slots, int maxWaiting, Func<JobKey, Task> offer)
{
    private readonly Lock _lock = new();
    private readonly Queue<JobKey> _waiting = new();
    private readonly HashSet<JobKey> _offered = [];
    private int _free = slots;
    private bool _closed;

    public bool TryTake(JobKey job)
    {
        lock (_lock)
        {
            if (_offered.Remove(job))
            {
                return true;
            }

            if (_closed || _free <= 0 || _waiting.Count > 0)
            {
                return false;
            }

            _free--;
            return true;
        }
    }

    /// <summary>Takes a slot even where none is free: for an attempt that gave its own back while it waited.</summary>
    public void Retake()
    {
        lock (_lock)
        {
            _free--;
        }
    }

    public bool TryWait(JobKey job)
    {
        lock (_lock)
        {
            if (_closed)
            {
                // Its row is all it needs: another silo finds it there.
                return true;
            }

            if (_waiting.Count >= maxWaiting)
            {
                return false;
            }

            _waiting.Enqueue(job);
        }

        Pump();
        return true;
    }

    public void Return()
    {
        lock (_lock)
        {
            _free++;
        }

        Pump();
    }

    /// <summary>No job gets a slot any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            _waiting.Clear();
        }
    }

    private void Pump()
    {
        while (true)
        {
            JobKey next;
            lock (_lock)
            {
                if (_closed || _free <= 0 || !_waiting.TryDequeue(out next))
                {
                    return;
                }

                _free--;
                _offered.Add(next);
            }

            _ = OfferAsync(next);
        }
    }

    private async Task OfferAsync(JobKey job)
    {
        try
        {
            await offer(job);
        }
        finally
        {
            bool refused;
            lock (_lock)
            {
                refused = _offered.Remove(job);
            }

            if (refused)
            {
                Return();
            }
        }
    }
}
