using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;

namespace Actors.Frontend.Mcp.Sessions;

internal sealed class SubscribeResource(RetryPolicy retries, JobResources jobs, ServerIdentity identity) : ResourceSubscription(retries, jobs, identity)
{
    public override string Name => "resources/subscribe";

    protected override bool IsWanted => true;
}
