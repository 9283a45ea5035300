using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>Something to send on a subscription: one of the two; neither: every announcement there is.</summary>
internal readonly record struct SubscriptionEvent(ServerNotification? Hint, JobSnapshot? Job);
