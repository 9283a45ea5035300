using Actors.Frontend.Mcp.Requests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Authentication;

/// <summary>Looks again, while a stream is open, whether the key that opened it is still one.</summary>
internal sealed partial class KeyWatch(
    Credentials credentials, IOptions<AuthenticationOptions> options, TimeProvider time, ILogger<KeyWatch> logger)
{
    /// <summary>Ends when the stream has ended, or ends it once its key was revoked.</summary>
    public async Task EndWithKeyAsync(McpRequest request, CancellationTokenSource stream)
    {
        var ended = stream.Token;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(options.Value.RecheckInterval, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested || await IsStillAKeyAsync(request, ended))
                continue;
            LogRevoked(request.Caller.Tenant, request.Caller.Client);
            await stream.CancelAsync();
        }
    }

    private async Task<bool> IsStillAKeyAsync(McpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await credentials.StillOpenAsync(request.Http, cancellationToken);
        }
        catch (Exception e)
        {
            // Nobody said that the key was revoked: the next look may find out.
            if (!cancellationToken.IsCancellationRequested)
                LogLookFailed(request.Caller.Tenant, e);
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "A stream of tenant {Tenant} is ended: its key {Client} was revoked")]
    private partial void LogRevoked(string tenant, string client);

    [LoggerMessage(2, LogLevel.Warning, "The key of an open stream of tenant {Tenant} could not be looked at again")]
    private partial void LogLookFailed(string tenant, Exception exception);
}
