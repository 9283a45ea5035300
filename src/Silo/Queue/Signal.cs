namespace Actors.Silo.Queue;

/// <summary>Wakes one waiter. It may be given any number of times before it is waited for, and is the same as once.</summary>
internal sealed class Signal() : SemaphoreSlim(0, 1)
{
    public void Give()
    {
        if (CurrentCount == 0)
        {
            try
            {
                Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else did, at the same moment.
            }
        }
    }
}
