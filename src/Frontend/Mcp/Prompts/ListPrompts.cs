using System.Collections.Immutable;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Prompts;

/// <summary><c>prompts/list</c>.</summary>
internal sealed class ListPrompts(
    CatalogueFeed catalogue, ServerIdentity identity, IOptions<McpOptions> options, IOptions<FrontendLimits> limits)
    : ListMethod(catalogue, identity, options, limits)
{
    public override string Name => "prompts/list";

    protected override string Member => "prompts";

    protected override ImmutableArray<ListEntry> Entries(CatalogueView view, McpRequest request) => view.Prompts;
}
