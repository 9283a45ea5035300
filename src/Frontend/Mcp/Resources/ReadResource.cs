using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Frontend.Placement;

namespace Actors.Frontend.Mcp.Resources;

/// <summary><c>resources/read</c>. The resources of jobs are read here; of the packs' it is for the silo to say whether there are any, which matches the templates.</summary>
internal sealed class ReadResource(PrimitiveDispatch dispatch, InlineCalls calls, RoundTrips rounds, JobResources jobs) : McpMethod
{
    // What a resource holds may depend on who reads it, and on the moment.
    private static readonly CachingHints NotCached = new(0, CachingHints.Private);

    public override string Name => "resources/read";

    public override MirroredMember Mirrors => MirroredMember.Uri;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        var uri = request.Envelope.Uri!;
        if (JobUri.TryParse(uri) is { } job)
        {
            await jobs.ReadAsync(request, job);
            return;
        }
        using var parameters = ParamsDocument.Open(request);
        var round = await rounds.OpenAsync(request, uri, parameters.RootElement);
        var outcome = await dispatch.InvokeAsync(request, PrimitiveCalls.From(request, uri, round));
        await calls.AnswerAsync(request, round, outcome, NotCached);
    }
}
