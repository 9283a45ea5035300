using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Tools;

/// <summary>Limits of inline calls. Section <c>Actors:Primitives</c>.</summary>
public sealed class PrimitiveLimits
{
    /// <summary>Notifications of one call that wait for its caller; the oldest go first. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxPendingNotifications { get; set; } = 1000;
}
