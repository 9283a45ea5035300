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
    private long _renewedAt;

    internal HeldLease(string silo, long epoch, long sentAt, LeaseOptions options, TimeProvider time)
    {
        Silo = silo;
        Epoch = epoch;
        Lost = _lost.Token;
        _time = time;
        _usable = options.Duration - options.StopMargin;
        _renewedAt = sentAt;
        _lapse = time.CreateTimer(static lease => ((HeldLease)lease!).LoseIfLapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    public string Silo { get; }

    public long Epoch { get; }

    /// <summary>Cancelled when the right to write ends, before anybody else can have it.</summary>
    public CancellationToken Lost { get; }

    /// <summary>By this process's monotonic clock, counted from before the last renewal was sent: never later than the database's view.</summary>
    public bool IsHeld => !Lost.IsCancellationRequested && Left() > TimeSpan.Zero;

    public void Dispose()
    {
        _lapse.Dispose();
        _lost.Dispose();
    }

    /// <summary>Notes a renewal that was sent at <paramref name="sentAt"/>, a timestamp of the time provider.</summary>
    internal void Renewed(long sentAt)
    {
        lock (_gate)
        {
            if (Lost.IsCancellationRequested) return;
            _renewedAt = sentAt;
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

        _lost.Cancel();
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

    private TimeSpan Left() => _usable - _time.GetElapsedTime(Volatile.Read(ref _renewedAt));
}
