using System.Collections.Immutable;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Rounds;

/// <summary>What a call carries from one round to the next, inside <c>requestState</c>.</summary>
/// <param name="ExpiresAtUnixMs">When it stops being accepted.</param>
/// <param name="Exchanges">Questions so far with their answers, to be replayed.</param>
/// <param name="ToolState">The state of a tool that runs its own rounds, or null.</param>
internal sealed record RoundState(long ExpiresAtUnixMs, ImmutableArray<InputExchange> Exchanges, string? ToolState);
