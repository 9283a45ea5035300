using System.Collections.Immutable;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Rounds;

/// <summary>One round of a call: what earlier rounds gathered and what this one brought.</summary>
/// <param name="Binding">What the next round's state will be bound to.</param>
/// <param name="Exchanges">Questions of earlier rounds, answered where the answer has come.</param>
/// <param name="ToolState">The tool's own state, or null.</param>
/// <param name="Responses">The answers this request brought, known keys and unknown.</param>
internal sealed record Round(
    byte[] Binding, ImmutableArray<InputExchange> Exchanges, string? ToolState, ImmutableArray<InputResponse> Responses)
{
    /// <summary>For a call that has none.</summary>
    public static Round None { get; } = new([], [], null, []);
}
