using System.Collections.Immutable;
using Actors.Frontend.Catalogues;
using Actors.Frontend.JobTools;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// <c>tools/list</c>: the packs' tools, then, for a client that does not declare the tasks extension, the job tools.
/// </summary>
internal sealed class ListTools(
    CatalogueFeed catalogue,
    JobToolSet jobTools,
    ServerIdentity identity,
    IOptions<McpOptions> options,
    IOptions<FrontendLimits> limits)
    : ListMethod(catalogue, identity, options, limits)
{
    public override string Name => "tools/list";

    protected override string Member => "tools";

    protected override ImmutableArray<ListEntry> Entries(CatalogueView view, McpRequest request) =>
        request.Envelope.DeclaresTasks ? view.Tools
        : request.Session is { HasTasks: true } ? [.. view.ToolsWithTaskSupport, .. jobTools.Entries]
        : [.. view.ToolsWithoutTasks, .. jobTools.Entries];
}
