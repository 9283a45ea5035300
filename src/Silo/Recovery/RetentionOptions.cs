using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Recovery;

/// <summary>How records that ended and have expired are discarded. Section <c>Actors:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long the rows of silos that are gone are kept. Default 1 hour.</summary>
    public TimeSpan KeepSilos { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often this silo looks. Default 1 min.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Records of one transaction. Default 500.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;
}
