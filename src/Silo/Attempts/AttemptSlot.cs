namespace Actors.Silo.Attempts;

/// <summary>
/// The slot of one attempt. It is lent to others while the attempt waits for answers, however many, and comes back for good
/// when the attempt ends, whatever of it still waits.
/// </summary>
internal sealed class AttemptSlot(AttemptSlots slots)
{
    private readonly Lock _lock = new();
    private int _waits;
    private bool _left;

    public void Lend()
    {
        lock (_lock)
        {
            if (_waits++ == 0 && !_left)
            {
                slots.Return();
            }
        }
    }

    public void TakeBack()
    {
        lock (_lock)
        {
            if (--_waits == 0 && !_left)
            {
                slots.Retake();
            }
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _left = true;
            if (_waits == 0)
            {
                slots.Return();
            }
        }
    }
}
