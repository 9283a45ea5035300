using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Recovery;

/// <summary>How jobs without an owner are found and taken over. Section <c>Actors:Recovery</c>.</summary>
public sealed class RecoveryOptions
{
    /// <summary>How often this silo looks for jobs of its share. Default 250 ms.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Every how many looks it takes the other silos' shares too. Default 8.</summary>
    [Range(1, 10_000)]
    public int LooksPerSweep { get; set; } = 8;

    /// <summary>
    /// How often this silo compares the jobs that are its own with the attempts that it runs; one that it was twice found not to run is recovered.
    /// Default 5 s.
    /// </summary>
    public TimeSpan OwnLookEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a job waits for a silo that has its tool before it fails. Default 1 day.</summary>
    public TimeSpan MissingToolPatience { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Jobs of one look. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 1000;

    /// <summary>Jobs taken over at once. Default 32.</summary>
    [Range(1, 1000)]
    public int Parallelism { get; set; } = 32;
}
