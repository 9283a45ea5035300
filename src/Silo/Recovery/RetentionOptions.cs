using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Recovery;

/// <summary>How records that ended and have expired are discarded. Section <c>Actors:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long the rows of silos that are gone are kept. Default 1 hour.</summary>
    public TimeSpan KeepSilos { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often this silo looks. Default 1 min.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Records of one transaction. Default 100.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 100;

    /// <summary>Entries of discarded jobs' journals of one transaction. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int BatchEntries { get; set; } = 1000;

    /// <summary>The shortest rest between two transactions. Default 25 ms.</summary>
    public TimeSpan Rest { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How many times as long as a transaction took is rested after it: where the database is busy, they take longer and come less often. Default 4.</summary>
    [Range(0, 1000)]
    public double RestPerWork { get; set; } = 4;

    /// <summary>How long after a job was discarded its journal and its result in chunks are. Default 10 s.</summary>
    public TimeSpan ClearAfter { get; set; } = TimeSpan.FromSeconds(10);
}
