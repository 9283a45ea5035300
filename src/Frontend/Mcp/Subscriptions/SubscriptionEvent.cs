using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>Something to send on a subscription: exactly one of the two.</summary>
internal readonly record struct SubscriptionEvent(ServerNotification? Hint, JobSnapshot? Job);
