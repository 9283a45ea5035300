using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;

namespace Actors.Frontend.Mcp.Sessions;

internal sealed class UnsubscribeResource(RetryPolicy retries, ServerIdentity identity) : ResourceSubscription(retries, identity)
{
    public override string Name => "resources/unsubscribe";

    protected override bool IsWanted => false;
}
