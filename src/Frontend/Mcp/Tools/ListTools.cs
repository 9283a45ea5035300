using System.Collections.Immutable;
using Actors.Frontend.Catalogues;
using Actors.Frontend.JobTools;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// <c>tools/list</c>: the packs' tools, then the job tools; for a client that declares the tasks extension only those of them that it has no method for.
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
        request.Envelope.DeclaresTasks ? [.. view.Tools, .. jobTools.EntriesBesideTasks]
        : request.Session is { HasTasks: true } ? [.. view.ToolsWithTaskSupport, .. jobTools.Entries]
        : [.. view.ToolsWithoutTasks, .. jobTools.Entries];
}
