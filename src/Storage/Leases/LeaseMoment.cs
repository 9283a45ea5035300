namespace Actors.Storage.Leases;

/// <summary>A moment by both of a machine's clocks.</summary>
/// <param name="Timestamp">By the clock that never jumps, and that stands still while the machine is suspended.</param>
/// <param name="Utc">By the clock that people see: it knows of a suspension once it has been set.</param>
internal sealed record LeaseMoment(long Timestamp, DateTimeOffset Utc)
{
    public static LeaseMoment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>How long ago it was, by the clock that says longer: a lease given up too early costs less than one too late.</summary>
    public TimeSpan Elapsed(TimeProvider time)
    {
        var steady = time.GetElapsedTime(Timestamp);
        var seen = time.GetUtcNow() - Utc;
        return seen > steady ? seen : steady;
    }
}
