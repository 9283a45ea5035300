using System.Collections.Immutable;
using Orleans;

namespace Actors.Tools;

/// <summary>A tool parameter with <c>x-mcp-header</c> in its schema (revision 2026-07-28, Streamable HTTP, Custom Headers).</summary>
/// <param name="Header">The part after <c>Mcp-Param-</c>.</param>
/// <param name="Path">Property names from <c>arguments</c> down to the parameter.</param>
/// <param name="JsonType"><c>string</c>, <c>integer</c>, <c>number</c> or <c>boolean</c>.</param>
[GenerateSerializer, Immutable, Alias("actors.header-parameter")]
public sealed record HeaderParameter(
    [property: Id(0)] string Header,
    [property: Id(1)] ImmutableArray<string> Path,
    [property: Id(2)] string JsonType);
