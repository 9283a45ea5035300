using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Queue;

/// <summary>How this silo takes jobs from the line. Section <c>Actors:Queue</c>.</summary>
public sealed class QueueOptions
{
    /// <summary>How often this silo looks, where nothing tells it to look earlier. Default 250 ms.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The shortest time between two calls to the other silos that a job waits which this one has no slot for. Default 20 ms.</summary>
    public TimeSpan TellPause { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The shortest time between two looks of which the first found nothing to start. Default 10 ms.</summary>
    public TimeSpan PauseAfterNothing { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Jobs of one claim. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxClaim { get; set; } = 256;

    /// <summary>Tenants that one claim looks at; the next goes on behind them. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxTenants { get; set; } = 500;

    /// <summary>
    /// Lanes of each tenant (one for each principal, tool and priority that waits) that one claim looks at; the next goes on behind them. Default 200.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxLanesPerTenant { get; set; } = 200;

    /// <summary>How long this silo tries to start a job that it has claimed before it puts it back. Default 3 s.</summary>
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Where the counting of jobs ends that come before another. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxCountedAhead { get; set; } = 1000;

    /// <summary>How long a count of the running jobs does for all waiting ones that are asked for. Default 1 s.</summary>
    public TimeSpan PlaceAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a count of a tenant's waiting jobs goes on being added to before it is made anew. Default 5 s.</summary>
    public TimeSpan CountAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a sum of what a tenant has stored goes on being added to before it is made anew; longer where that takes long, and ten times as long while it
    /// is less than half of the limit. Default 1 min.
    /// </summary>
    public TimeSpan StoredBytesAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the first job of a tenant on this silo waits for that sum; then it goes on without. Default 2 s.</summary>
    public TimeSpan StoredBytesPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>When a caller is told to come back whose line is full. Default 10 s.</summary>
    public TimeSpan RetryAfterFull { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it is remembered whose turn it was of those who start nothing. Default 1 hour.</summary>
    public TimeSpan KeepTurns { get; set; } = TimeSpan.FromHours(1);
}
