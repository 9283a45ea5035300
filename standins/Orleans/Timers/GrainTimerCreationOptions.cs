using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>When the first tick comes; Timeout.InfiniteTimeSpan for never.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one tick to the next; Timeout.InfiniteTimeSpan for a single tick.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether a tick may start while a call of the grain waits. Default: false.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use of the grain, which keeps it from being collected. Default: false.</summary>
    public bool KeepAlive { get; init; }
}
