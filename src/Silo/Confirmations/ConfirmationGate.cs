using Actors.Jobs;
using Actors.Silo.Calls;
using Actors.Silo.Mcp;
using Actors.Silo.Packs;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Confirmations;

/// <summary>
/// Asks a person before a tool's first line runs, where the tool is destructive by its own word or wants to be confirmed always. The
/// answer is kept with the call's or job's other answers: it is asked once, whatever crashes meanwhile.
/// </summary>
internal sealed class ConfirmationGate(IOptions<ToolOptions> options)
{
    /// <returns>Null: go on. Otherwise the result of a call whose tool does not run.</returns>
    public async Task<CallToolResult?> RefusalAsync(LoadedTool tool, CallServer server, byte[] sent, CancellationToken cancellationToken)
    {
        if (!IsNeeded(tool))
        {
            return null;
        }

        if (!CanAsk(server))
        {
            return ToolInvocation.Error(
                $"'{tool.Name}' did not run: a person must confirm it first, and this client cannot be asked (it does not declare elicitation). " +
                "Use it from a client that can ask its user, or have the operator of this service exempt it (Actors:Tools:Unconfirmed).");
        }

        var question = ConfirmationQuestion.Of(tool, sent, options.Value.MaxConfirmationArgumentChars);
        return ConfirmationQuestion.IsAccepted(await server.AskAsync(question, cancellationToken))
            ? null
            : ToolInvocation.Error(
                $"'{tool.Name}' did not run: the person who was asked to confirm it did not agree. Do not call it again unless the user asks for it.");
    }

    /// <summary>Whether a call of an on-demand tool becomes a job for the sake of its question, which reaches its client there if anywhere.</summary>
    public bool IsForJob(LoadedTool tool, CallServer server) =>
        tool.Job is { Start: JobStart.OnDemand } && IsNeeded(tool) && !CanAsk(server);

    private static bool CanAsk(CallServer server) => server.ClientCapabilities?.Elicitation?.Form is not null;

    private bool IsNeeded(LoadedTool tool) => (tool.Job?.Confirm ?? Confirmation.WhenDestructive) switch
    {
        Confirmation.Never => false,
        Confirmation.Always => true,
        _ => options.Value.ConfirmDestructive
            && tool.Tool.ProtocolTool.Annotations?.DestructiveHint is true
            && !options.Value.Unconfirmed.Contains(tool.Name)
            && !options.Value.Unconfirmed.Contains(tool.PackName),
    };
}
