using Actors.Tenants;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>An open stream that hears what its tenant's servers announce: of subscriptions/listen, or a session's own.</summary>
internal interface IAnnouncementListener
{
    void Offer(ServerNotification notification);

    /// <summary>For when announcements were missed: each of those that it listens for.</summary>
    void OfferAll();
}
