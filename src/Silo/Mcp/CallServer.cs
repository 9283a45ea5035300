using System.Text.Json.Nodes;
using System.Text.Json;
using Actors.Grains.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ModelContextProtocol;

namespace Actors.Silo.Mcp;

/// <summary>
/// The server that one call's tool talks to. It has no session and no transport: what the tool sends goes where the kind
/// of call says, a job's record or the caller's stream.
/// </summary>
// MCPEXP002: deriving from McpServer is the SDK's marked-experimental way to do this; the version is pinned.
#pragma warning disable MCPEXP002
internal abstract class CallServer(CallProfile profile, IServiceProvider services) : McpServer
#pragma warning restore MCPEXP002
{
    private static readonly McpServerOptions Options = new();

    public override string? SessionId => null;

    public override string? NegotiatedProtocolVersion => profile.ProtocolVersion;

    public override ClientCapabilities? ClientCapabilities => profile.Capabilities;

    public override Implementation? ClientInfo => profile.ClientInfo;

    public override McpServerOptions ServerOptions => Options;

    public override IServiceProvider? Services => services;

    public override bool IsMrtrSupported => true;

    // CS0672: obsolete in the SDK, as the project file says.
#pragma warning disable CS0672
    public override LoggingLevel? LoggingLevel => profile.LogLevel;
#pragma warning restore CS0672

    public override Task RunAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This server serves one call; there is nothing to run.");

    public override IAsyncDisposable RegisterNotificationHandler(
        string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) =>
        throw new NotSupportedException("A tool's server receives no notifications from the client.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        message is JsonRpcNotification notification
            ? NotifyAsync(notification, cancellationToken)
            : throw new InvalidOperationException("Requests are sent with SendRequestAsync.");

    public override async Task<JsonRpcResponse> SendRequestAsync(
        JsonRpcRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Method is not (RequestMethods.ElicitationCreate or "sampling/createMessage" or "roots/list"))
        {
            throw new McpException($"A client cannot be asked for '{request.Method}'.");
        }

        var answer = await AskAsync(new InputQuestion(null, request.Method, Utf8(request.Params)), cancellationToken);
        return new JsonRpcResponse { Id = request.Id, Result = JsonNode.Parse(answer) };
    }

    /// <summary>Gets the client's answer (UTF-8 JSON) to a question, or ends the call so that the client is asked.</summary>
    public abstract Task<byte[]> AskAsync(InputQuestion question, CancellationToken cancellationToken);

    protected abstract void Progress(ProgressNotificationParams progress);

    protected abstract void Log(LoggingMessageNotificationParams message);

    /// <summary>Tells everybody who watches the tenant.</summary>
    protected abstract Task AnnounceAsync(string method, byte[]? parameters);

    private Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (notification.Method)
        {
            case NotificationMethods.ProgressNotification:
                Progress(Read<ProgressNotificationParams>(notification));
                return Task.CompletedTask;
            case NotificationMethods.LoggingMessageNotification:
                Log(Read<LoggingMessageNotificationParams>(notification));
                return Task.CompletedTask;
            case NotificationMethods.ToolListChangedNotification:
            case NotificationMethods.PromptListChangedNotification:
            case NotificationMethods.ResourceListChangedNotification:
            case NotificationMethods.ResourceUpdatedNotification:
                return AnnounceAsync(notification.Method, Utf8(notification.Params));
            default:
                // No other notification of the protocol goes from a server's tool to a client.
                return Task.CompletedTask;
        }
    }

    private static byte[]? Utf8(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToUtf8Bytes(node);

    private static T Read<T>(JsonRpcNotification notification) =>
        notification.Params.Deserialize<T>(McpJsonUtilities.DefaultOptions)
        ?? throw new ArgumentException($"'{notification.Method}' needs params.");
}
