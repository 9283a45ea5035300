namespace Actors.Storage.Leases;

/// <summary>How a silo holds its right to write.</summary>
public sealed class LeaseOptions
{
    /// <summary>How long a lease lasts without renewal; a silo that died is taken over after it. Default: 4 s.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How often it is renewed. Default: 1 s.</summary>
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long before its end the silo counts it as lost, which is the time its attempts have to stop. Default: 1 s.</summary>
    public TimeSpan StopMargin { get; set; } = TimeSpan.FromSeconds(1);

    internal IEnumerable<string> Errors()
    {
        if (RenewEvery <= TimeSpan.Zero) yield return "Lease.RenewEvery must be positive.";
        if (StopMargin < TimeSpan.Zero) yield return "Lease.StopMargin must not be negative.";
        if (Duration <= RenewEvery + StopMargin) yield return "Lease.Duration must be longer than RenewEvery and StopMargin together.";
    }
}
