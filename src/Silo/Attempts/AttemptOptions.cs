using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Attempts;

/// <summary>How many attempts a silo runs, and how it lets go of them. Section <c>Actors:Attempts</c>.</summary>
public sealed class AttemptOptions
{
    /// <summary>Attempts that run at once; one that only waits for its client's answer does not count. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRunningAttempts { get; set; } = 1000;

    /// <summary>Log lines of one attempt that wait to be stored; more is dropped, and counted. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPendingLogLines { get; set; } = 1000;

    /// <summary>
    /// How long an attempt may do nothing but wait for its client's answers before it is parked: it ends without an end of its job, and
    /// another one goes on when the last answer has come. Only where the tool may be resumed. Default 10 s.
    /// </summary>
    public TimeSpan ParkAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a silo that is told to stop waits for its attempts. Those that may run again elsewhere are told at once;
    /// those that may not (<c>AfterCrash.Fail</c>, or the last of <c>MaxAttempts</c>) are left alone for four fifths of it. Default 20 s.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
