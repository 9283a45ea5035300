using System.ComponentModel.DataAnnotations;

namespace Actors.Storage.FollowUps;

/// <summary>What follows a job's end. Section <c>Actors:FollowUps</c>, of silos and frontends.</summary>
public sealed class FollowUpOptions
{
    /// <summary>Calls that may follow one another, as one call declares them. Default 8.</summary>
    [Range(1, 64)]
    public int MaxDepth { get; set; } = 8;

    /// <summary>Bytes of what one call declares about what follows. Default 64 KiB.</summary>
    [Range(2, 512 * 1024)]
    public int MaxBytes { get; set; } = 64 * 1024;

    /// <summary>How often this silo looks for what is to be done. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Calls made at once by this silo; each takes a database connection meanwhile. Default 4.</summary>
    [Range(1, 100)]
    public int Parallelism { get; set; } = 4;

    /// <summary>How long to wait with a call that could not be made now. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a call waits for a silo that has its tool, and for its owner's limits. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MissingToolPatience { get; set; } = TimeSpan.FromMinutes(5);
}
