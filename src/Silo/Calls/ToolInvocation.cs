using Actors.Jobs;
using Actors.Silo.Mcp;
using Actors.Silo.Packs;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Calls;

/// <summary>Calls a tool and settles what its exceptions mean, as the SDK's own server does.</summary>
internal sealed partial class ToolInvocation(OutputCheck outputs, ILogger<ToolInvocation> logger)
{
    /// <returns>The tool's result; a failure of the tool is one too, with <c>isError</c>.</returns>
    /// <exception cref="McpProtocolException">The call ends with a JSON-RPC error.</exception>
    /// <exception cref="InputRequiredException">The tool conducts its own rounds and wants the next.</exception>
    /// <exception cref="OperationCanceledException">The token was set, and the tool gave up.</exception>
    /// <exception cref="StepException">The tool has a step that cannot be.</exception>
    /// <exception cref="RoundEndedException">The server it asked ended the round.</exception>
    public async Task<CallToolResult> InvokeAsync(
        LoadedTool tool, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        try
        {
            var call = tool.Tool.InvokeAsync(request, cancellationToken);
            if (!call.IsCompleted && !tool.KeepsRequest)
            {
                CallParameters.LetGo(request);
            }

            return outputs.Check(tool, await call);
        }
        catch (Exception exception) when (
            exception is not (McpProtocolException or InputRequiredException or RoundEndedException or StepException))
        {
            // The boundary to code that is not ours: whatever a tool throws becomes an answer, and only the log sees it whole.
            if (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException("The tool gave up.", exception, cancellationToken);
            }

            if (ClientNeeds.Refused(exception) is { } missing)
            {
                throw missing;
            }

            return Failure(tool, request, exception);
        }
    }

    public static CallToolResult Error(string sentence) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = sentence }],
    };

    private CallToolResult Failure(LoadedTool tool, RequestContext<CallToolRequestParams> request, Exception exception)
    {
        var name = tool.Name;
        // Arguments are read before the first line of a tool, and so before its request may be gone.
        if (!CallParameters.IsGone(request) && ArgumentFaults.Find(tool.Method, tool.Tool.ProtocolTool, request.Params.Arguments) is { } fault)
        {
            return Error(fault);
        }

        LogToolFailed(name, exception);
        var failure = Error(exception is McpException or TransientException
            ? $"An error occurred invoking '{name}': {exception.Message}"
            : $"An error occurred invoking '{name}'.");
        return Retryable.Is(exception, tool.Job) ? Retryable.Mark(failure, exception) : failure;
    }

    [LoggerMessage(LogLevel.Error, "Tool {Tool} failed.")]
    private partial void LogToolFailed(string tool, Exception exception);
}
