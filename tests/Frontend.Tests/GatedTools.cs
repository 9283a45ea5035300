using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>Jobs that run until their test lets them end.</summary>
[McpServerToolType]
public static class GatedTools
{
    public const int PollIntervalMs = 100;

    [McpServerTool(Name = "gated"), Job(PollIntervalMs = PollIntervalMs), Description("Waits at a gate.")]
    public static async Task<string> Pass(string gate, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return $"Passed {gate}.";
    }

    /// <summary>One test's alone: its limit is shared by whoever calls it.</summary>
    [McpServerTool(Name = "gated_one_at_a_time"), Job(MaxRunning = 1, PollIntervalMs = PollIntervalMs), Description("The same; only one runs at once.")]
    public static Task<string> PassAlone(string gate, CancellationToken cancellationToken) => Pass(gate, cancellationToken);

    [McpServerTool(Name = "gated_and_forgotten"), Job(TtlSeconds = 1, PollIntervalMs = PollIntervalMs), Description("The same; when it ends, its record's time is over.")]
    public static Task<string> PassForgotten(string gate, CancellationToken cancellationToken) => Pass(gate, cancellationToken);

    [McpServerTool(Name = "wipe_unasked", Destructive = true), Job(Confirm = Confirmation.Never, PollIntervalMs = PollIntervalMs)]
    [Description("Destroys, and its owner has it ask nobody.")]
    public static string Wipe(string what) => $"Wiped {what}.";
}
