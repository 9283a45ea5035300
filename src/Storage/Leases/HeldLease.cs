namespace Actors.Storage.Leases;

/// <summary>
/// One epoch of a silo's lease. Once lost it stays lost: whoever started work under it stops, and a later epoch is
/// another object.
/// </summary>
public sealed class HeldLease : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _usable;
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _lapse;
    private readonly Lock _gate = new();
    private LeaseMoment _renewed;

    internal HeldLease(string silo, long epoch, LeaseMoment sent, LeaseOptions options, TimeProvider time)
    {
        Silo = silo;
        Epoch = epoch;
        Lost = _lost.Token;
        _time = time;
        _usable = options.Duration - options.StopMargin;
        _renewed = sent;
        _lapse = time.CreateTimer(static lease => ((HeldLease)lease!).LoseIfLapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    public string Silo { get; }

    public long Epoch { get; }

    /// <summary>Cancelled when the right to write ends, before anybody else can have it.</summary>
    public CancellationToken Lost { get; }

    /// <summary>By this process's clocks, counted from before the last renewal was sent: never later than the database's view.</summary>
    public bool IsHeld => !Lost.IsCancellationRequested && Left() > TimeSpan.Zero;

    public void Dispose()
    {
        _lapse.Dispose();
        _lost.Dispose();
    }

    /// <summary>Notes a renewal, and when it was sent.</summary>
    internal void Renewed(LeaseMoment sent)
    {
        lock (_gate)
        {
            if (Lost.IsCancellationRequested) return;
            Volatile.Write(ref _renewed, sent);
            Arm();
        }
    }

    internal void Lose()
    {
        lock (_gate)
        {
            if (Lost.IsCancellationRequested) return;
            _lapse.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // What has to stop is told by others: the thread that renews must not wait for a tool's callback.
        _ = _lost.CancelAsync();
    }

    private void LoseIfLapsed()
    {
        lock (_gate)
        {
            if (Left() > TimeSpan.Zero)
            {
                // A renewal came in while the timer was firing, or the timer was a little early.
                if (!Lost.IsCancellationRequested) Arm();
                return;
            }
        }

        Lose();
    }

    // Timers count whole milliseconds, and cut off what is less.
    private void Arm() => _lapse.Change(Left() is { Ticks: > 0 } left ? left + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    private TimeSpan Left() => _usable - Volatile.Read(ref _renewed).Elapsed(_time);
}
