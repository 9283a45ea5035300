using Actors.Frontend.Retries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Hosting;

/// <summary>Waits, while the process starts, for the first silo: processes may be started in any order.</summary>
internal sealed partial class SiloWait(IOptions<RetryOptions> options, TimeProvider time, ILogger<SiloWait> logger) : IClientConnectionRetryFilter
{
    private Backoff _pauses = new(options.Value);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        // What is wrong here will be wrong in a minute: a setting, a certificate, a password.
        if (!Transient.Is(exception))
            return false;
        LogWaiting(exception.Message);
        await Task.Delay(_pauses.Next(), time, cancellationToken);
        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "Waiting for a silo: {Reason}")]
    private partial void LogWaiting(string reason);
}
