using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;

namespace Actors.Frontend.Mcp.Sessions;

internal sealed class SubscribeResource(RetryPolicy retries, ServerIdentity identity) : ResourceSubscription(retries, identity)
{
    public override string Name => "resources/subscribe";

    protected override bool IsWanted => true;
}
