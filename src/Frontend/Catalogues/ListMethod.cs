using System.Collections.Immutable;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Catalogues;

/// <summary>The four list methods: a page of the catalogue, with caching hints.</summary>
internal abstract class ListMethod(
    CatalogueFeed catalogue, ServerIdentity identity, IOptions<McpOptions> options, IOptions<FrontendLimits> limits) : McpMethod
{
    // Private, every one of them: what is listed may differ between callers, by tenant and by declared capabilities.
    private readonly CachingHints _caching = new((long)options.Value.ListTtl.TotalMilliseconds, CachingHints.Private);

    /// <summary>The result's member that holds the entries.</summary>
    protected abstract string Member { get; }

    protected abstract ImmutableArray<ListEntry> Entries(CatalogueView view, McpRequest request);

    public sealed override async ValueTask HandleAsync(McpRequest request)
    {
        using var parameters = ParamsDocument.Open(request);
        var cursor = ParamsDocument.OptionalString(parameters.RootElement, "cursor");
        var entries = Entries(await catalogue.GetAsync(request.Aborted), request);
        using var json = JsonBuffer.Rent();
        ResultResponse.Begin(json.Writer, request, WireNames.Complete);
        ListPage.Write(json.Writer, Member, entries, cursor, limits.Value.PageSize, request.IsLegacy ? null : _caching);
        ResultResponse.End(json.Writer, request, identity);
        await request.AnswerAsync(json);
    }
}
