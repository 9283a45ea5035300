using Actors.Frontend.Mcp.Errors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Retries;

/// <summary>
/// Repeats a call that is safe to repeat, over the death of a silo or a restart of the database, for as long as a client should
/// wait; then the client is told to try again. Never for a call that may have an effect twice.
/// </summary>
internal sealed partial class RetryPolicy(IOptions<RetryOptions> options, TimeProvider time, ILogger<RetryPolicy> logger)
{
    /// <exception cref="RefusedException">It did not succeed in time; trying again later makes sense.</exception>
    public ValueTask<T> RunAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellationToken) => RunAsync(null, call, cancellationToken);

    /// <summary>The same for a call whose first try was made already.</summary>
    /// <exception cref="RefusedException">It did not succeed in time; trying again later makes sense.</exception>
    public async ValueTask<T> RunAsync<T>(ValueTask<T>? first, Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var backoff = new Backoff(options.Value);
        while (true)
        {
            try
            {
                var made = first ?? call();
                first = null;
                // Not for longer either: a silo or a database that hangs is no better than one that is gone.
                return made.IsCompleted ? await made : await made.AsTask().WaitAsync(Left(startedAt), time, cancellationToken);
            }
            catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
            {
                var pause = backoff.Next();
                if (time.GetElapsedTime(startedAt) + pause > options.Value.Patience)
                {
                    LogGivenUp(exception);
                    throw Unavailable.Because(exception);
                }
                LogRepeated(exception.GetType().Name, exception.Message);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private TimeSpan Left(long startedAt)
    {
        var left = options.Value.Patience - time.GetElapsedTime(startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    [LoggerMessage(1, LogLevel.Debug, "Trying again after {Failure}: {Reason}")]
    private partial void LogRepeated(string failure, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A call did not succeed in the time its client has for it; the client is told to try again")]
    private partial void LogGivenUp(Exception exception);
}
