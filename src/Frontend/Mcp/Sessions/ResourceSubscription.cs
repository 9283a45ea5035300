using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary><c>resources/subscribe</c> and <c>resources/unsubscribe</c>: whose updates the session's own stream tells of.</summary>
internal abstract class ResourceSubscription(RetryPolicy retries, JobResources jobs, ServerIdentity identity) : LegacyMethod
{
    public sealed override MirroredMember Mirrors => MirroredMember.Uri;

    protected abstract bool IsWanted { get; }

    public sealed override async ValueTask HandleAsync(McpRequest request)
    {
        if (IsWanted && JobUri.TryParse(request.Envelope.Uri!) is { } job)
            await jobs.RequireAsync(request, job);
        var isKnown = await retries.RunAsync(
            () => new ValueTask<bool>(request.Session!.Grain.SubscribeAsync(request.Caller, request.Envelope.Uri!, IsWanted)), request.Aborted);
        if (!isKnown)
            throw SessionDirectory.NotFound();
        await Acknowledgement.SendAsync(request, identity);
    }
}
