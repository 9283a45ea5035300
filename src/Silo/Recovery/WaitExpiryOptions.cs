using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Recovery;

/// <summary>How jobs are found whose time is over while they wait for an answer, or for another attempt. Section <c>Actors:WaitExpiry</c>.</summary>
public sealed class WaitExpiryOptions
{
    /// <summary>How often this silo looks. Default 1 s.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Jobs of one look. Default 500.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>Jobs ended at once. Default 16.</summary>
    [Range(1, 1000)]
    public int Parallelism { get; set; } = 16;
}
