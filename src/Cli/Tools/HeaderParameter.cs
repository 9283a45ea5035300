namespace Actors.Cli.Tools;

/// <summary>An argument that is mirrored into a header.</summary>
/// <param name="Header">The whole name, <c>Mcp-Param-…</c>.</param>
/// <param name="Path">The keys that lead to it, from <c>arguments</c> on.</param>
internal sealed record HeaderParameter(string Header, IReadOnlyList<string> Path);
