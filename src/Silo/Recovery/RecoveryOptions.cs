using System.ComponentModel.DataAnnotations;

namespace Actors.Silo.Recovery;

/// <summary>How jobs without an owner are found and taken over. Section <c>Actors:Recovery</c>.</summary>
public sealed class RecoveryOptions
{
    /// <summary>How often this silo looks. Default 1 s.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Jobs of one look. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 1000;

    /// <summary>Jobs taken over at once. Default 32.</summary>
    [Range(1, 1000)]
    public int Parallelism { get; set; } = 32;
}
