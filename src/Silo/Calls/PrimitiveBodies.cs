using Actors.Silo.Confirmations;
using Actors.Silo.Mcp;
using Actors.Silo.Packs;
using Actors.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>What each method that reaches a primitive does, once there is a server to do it with.</summary>
internal sealed class PrimitiveBodies(PackContent content, ConfirmationGate confirmation, ToolInvocation tools, Completions completions)
{
    public Task<PrimitiveOutcome> RunAsync(PrimitiveCall call, CallServer server, CancellationToken cancellationToken) =>
        call.Method switch
        {
            RequestMethods.ToolsCall => CallToolAsync(call, server, cancellationToken),
            RequestMethods.PromptsGet => GetPromptAsync(call, server, cancellationToken),
            RequestMethods.ResourcesRead => ReadResourceAsync(call, server, cancellationToken),
            RequestMethods.CompletionComplete => Task.FromResult(Complete(call)),
            _ => Task.FromResult(PrimitiveOutcome.Failed(CallErrors.UnknownMethod(call.Method))),
        };

    private async Task<PrimitiveOutcome> CallToolAsync(PrimitiveCall call, CallServer server, CancellationToken cancellationToken)
    {
        if (content.FindTool(call.Name) is not { } tool)
        {
            return PrimitiveOutcome.Failed(CallErrors.Unknown("tool", call.Name));
        }

        if (confirmation.IsForJob(tool, server))
        {
            return PrimitiveOutcome.BecomesJob(call.Exchanges);
        }

        if (await confirmation.RefusalAsync(tool, server, call.Params, cancellationToken) is { } refusal)
        {
            return Completed(refusal);
        }

        var request = CallParameters.Context(
            server, call.Method, tool.KeepsRequest ? call.Params : null, Read<CallToolRequestParams>(call), call.Caller);
        request.MatchedPrimitive = tool.Tool;
        return Completed(await tools.InvokeAsync(tool, request, cancellationToken));
    }

    private async Task<PrimitiveOutcome> GetPromptAsync(PrimitiveCall call, CallServer server, CancellationToken cancellationToken)
    {
        if (content.FindPrompt(call.Name) is not { } prompt)
        {
            return PrimitiveOutcome.Failed(CallErrors.Unknown("prompt", call.Name));
        }

        var parameters = Read<GetPromptRequestParams>(call);
        if (MissingArgument(prompt.ProtocolPrompt, parameters) is { } missing)
        {
            throw new McpProtocolException($"Argument '{missing}' is required.", McpErrorCode.InvalidParams);
        }

        var request = CallParameters.Context(server, call.Method, call.Params, parameters, call.Caller);
        request.MatchedPrimitive = prompt;
        return Completed(await prompt.GetAsync(request, cancellationToken));
    }

    private async Task<PrimitiveOutcome> ReadResourceAsync(PrimitiveCall call, CallServer server, CancellationToken cancellationToken)
    {
        if (content.FindResource(call.Name) is not { } resource)
        {
            return PrimitiveOutcome.Failed(CallErrors.ResourceNotFound(call.Name, call.ProtocolVersion));
        }

        var request = CallParameters.Context(server, call.Method, call.Params, Read<ReadResourceRequestParams>(call), call.Caller);
        request.MatchedPrimitive = resource;
        var result = await resource.ReadAsync(request, cancellationToken);

        // Revision 2026-07-28 requires both; a resource that says nothing is fresh for now, and this caller's.
        result.TimeToLive ??= TimeSpan.Zero;
        result.CacheScope ??= CacheScope.Private;
        return Completed(result);
    }

    private PrimitiveOutcome Complete(PrimitiveCall call) =>
        completions.Complete(CallParameters.Read<CompleteRequestParams>(call.Params)) is { } result
            ? Completed(result)
            : PrimitiveOutcome.Failed(CallErrors.Unknown("completion reference", call.Name));

    private static string? MissingArgument(Prompt prompt, GetPromptRequestParams parameters) =>
        prompt.Arguments?.FirstOrDefault(a =>
            a.Required is true && parameters.Arguments?.ContainsKey(a.Name) is not true)?.Name;

    private static T Read<T>(PrimitiveCall call)
        where T : RequestParams
    {
        var parameters = CallParameters.Read<T>(call.Params);
        CallParameters.SetRound(parameters, call.RequestState, call.InputResponses);
        return parameters;
    }

    private static PrimitiveOutcome Completed<T>(T result)
        where T : Result => PrimitiveOutcome.Completed(ResultJson.Write(result));
}
