using System.Collections.Immutable;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Resources;

/// <summary><c>resources/templates/list</c>.</summary>
internal sealed class ListResourceTemplates(
    CatalogueFeed catalogue, ServerIdentity identity, IOptions<McpOptions> options, IOptions<FrontendLimits> limits)
    : ListMethod(catalogue, identity, options, limits)
{
    public override string Name => "resources/templates/list";

    protected override string Member => "resourceTemplates";

    protected override ImmutableArray<ListEntry> Entries(CatalogueView view, McpRequest request) =>
        [.. view.ResourceTemplates, .. JobResourceTemplates.All];
}
