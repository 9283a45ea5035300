using Actors.Jobs;

namespace Actors.Silo.Attempts;

/// <summary>
/// The places in which attempts run on this silo. One that is free goes to a job that is just created, where none waits in line before
/// it, or is held for a job that was claimed from the line, until its grain takes it.
/// </summary>
/// <param name="slots">How many there are.</param>
internal sealed class AttemptSlots(int slots)
{
    private readonly Lock _lock = new();
    private readonly HashSet<JobKey> _held = [];
    private int _free = slots;
    private bool _closed;

    /// <summary>Told each time that one is given back.</summary>
    public event Action? Freed;

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

    /// <summary>None when closed.</summary>
    public int Free
    {
        get
        {
            lock (_lock)
            {
                return _closed ? 0 : Math.Max(0, _free);
            }
        }
    }

    /// <summary>Takes the slot that is held for the job.</summary>
    public bool TryTakeHeld(JobKey job)
    {
        lock (_lock)
        {
            return _held.Remove(job);
        }
    }

    /// <summary>Takes slots that are free, as many as there are.</summary>
    public int Take(int most)
    {
        lock (_lock)
        {
            var taken = _closed ? 0 : Math.Clamp(_free, 0, most);
            _free -= taken;
            return taken;
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

    /// <summary>Holds a slot, taken before, for a job.</summary>
    public void Hold(JobKey job)
    {
        lock (_lock)
        {
            _held.Add(job);
        }
    }

    /// <summary>Holds a slot for a job, unless one is held already or none is free.</summary>
    /// <returns>Whether one is held now.</returns>
    public bool TryHold(JobKey job)
    {
        lock (_lock)
        {
            if (_held.Contains(job))
            {
                return true;
            }

            if (_closed || _free <= 0)
            {
                return false;
            }

            _free--;
            return _held.Add(job);
        }
    }

    /// <summary>Gives back the slot that is held for a job, if it did not take it.</summary>
    public void LetGo(JobKey job)
    {
        if (TryTakeHeld(job))
        {
            Return();
        }
    }

    public void Return(int count = 1)
    {
        if (count == 0)
        {
            return;
        }

        lock (_lock)
        {
            _free += count;
        }

        Freed?.Invoke();
    }

    /// <summary>No job gets a slot any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }
}
