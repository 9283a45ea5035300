namespace Actors.Frontend.Mcp.Responses;

/// <summary><c>ttlMs</c> and <c>cacheScope</c> of a cacheable result (revision 2026-07-28, Caching).</summary>
/// <param name="TtlMs">Milliseconds the client may take it for fresh; 0: not at all.</param>
/// <param name="Scope"><c>private</c> for all that may differ between callers, and <c>public</c> for what never does.</param>
internal sealed record CachingHints(long TtlMs, string Scope)
{
    public const string Private = "private";
    public const string Public = "public";
}
