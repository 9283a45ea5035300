using System.ComponentModel.DataAnnotations;

namespace Actors.Grains.Tenants;

/// <summary>Limits of announcements. Section <c>Actors:Notifications</c>.</summary>
public sealed class NotificationLimits
{
    /// <summary>Announcements that wait for one watcher; the oldest go first. Default 100.</summary>
    [Range(1, 100_000)]
    public int MaxPendingNotifications { get; set; } = 100;
}
