using System.Collections.Immutable;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Resources;

/// <summary><c>resources/list</c>.</summary>
internal sealed class ListResources(
    CatalogueFeed catalogue, ServerIdentity identity, IOptions<McpOptions> options, IOptions<FrontendLimits> limits)
    : ListMethod(catalogue, identity, options, limits)
{
    public override string Name => "resources/list";

    protected override string Member => "resources";

    protected override ImmutableArray<ListEntry> Entries(CatalogueView view, McpRequest request) => view.Resources;
}
