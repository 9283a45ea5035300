namespace Actors.Frontend.Mcp.Requests;

/// <summary>The header values that mirror members of the body (Streamable HTTP, Request Metadata), as sent; null: no header.</summary>
/// <param name="Version"><c>MCP-Protocol-Version</c>.</param>
/// <param name="Method"><c>Mcp-Method</c>.</param>
/// <param name="Name"><c>Mcp-Name</c>.</param>
internal readonly record struct MirroredValues(string? Version, string? Method, string? Name);
