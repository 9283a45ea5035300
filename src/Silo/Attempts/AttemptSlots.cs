using Actors.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>
/// The places in which attempts run on this silo, and the line for them, first come first served. A slot that comes free
/// is held for the first in line until its grain takes it or says no. A job that could not take it for a reason that passes
/// gets in line again.
/// </summary>
/// <param name="slots">How many there are.</param>
/// <param name="maxWaiting">The longest line.</param>
/// <param name="offer">Offers a slot to a job; false: the job could not be started now.</param>
/// <param name="time">The clock of the second offers.</param>
internal sealed class AttemptSlots(int slots, int maxWaiting, Func<JobKey, Task<bool>> offer, TimeProvider time)
{
    private static readonly TimeSpan OfferAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<JobKey> _waiting = new();
    private readonly Dictionary<JobKey, int> _offered = [];
    private int _free = slots;
    private bool _closed;

    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    public bool TryTake(JobKey job)
    {
        lock (_lock)
        {
            if (TakeOffered(job))
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

    /// <summary>No job gets a slot any more; those that were in line are returned.</summary>
    public IReadOnlyCollection<JobKey> Close()
    {
        lock (_lock)
        {
            _closed = true;
            JobKey[] waiting = [.. _waiting.Distinct()];
            _waiting.Clear();
            return waiting;
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
                _offered[next] = _offered.GetValueOrDefault(next) + 1;
            }

            _ = OfferAsync(next);
        }
    }

    private async Task OfferAsync(JobKey job)
    {
        var isSettled = await offer(job);
        bool refused;
        lock (_lock)
        {
            refused = TakeOffered(job);
        }

        if (refused)
        {
            Return();
        }

        if (!isSettled)
        {
            await Task.Delay(OfferAgainAfter, time);
            WaitAgain(job);
        }
    }

    // It had its place in line before: the limit is for those who come anew.
    private void WaitAgain(JobKey job)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _waiting.Enqueue(job);
            }
        }

        Pump();
    }

    // Counted, since a job may be in line twice: each offer holds a slot of its own.
    private bool TakeOffered(JobKey job)
    {
        var count = _offered.GetValueOrDefault(job);
        if (count > 1)
        {
            _offered[job] = count - 1;
        }
        else
        {
            _offered.Remove(job);
        }

        return count > 0;
    }
}
