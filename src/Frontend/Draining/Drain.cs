using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Draining;

/// <summary>
/// The end of a frontend, in the order in which nobody loses anything: it says "not ready" and goes on serving; it stops
/// listening; it ends streams and hands held calls over, so that their clients come back to another frontend and not to this one.
/// </summary>
internal sealed partial class Drain(
    IHostApplicationLifetime lifetime, IOptions<DrainOptions> options, TimeProvider time, ILogger<Drain> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>The server stops listening right after <see cref="StoppingAsync"/>; what comes back must find it closed.</summary>
    private static readonly TimeSpan UntilClosed = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ending = new();
    private ITimer? _closed;
    private volatile bool _isStopping;

    /// <summary>From the moment it was told to stop.</summary>
    public bool IsDraining => _isStopping || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Cancelled when what waits for its own end (a stream, a held call) has to end now.</summary>
    public CancellationToken Ending => _ending.Token;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        var notice = options.Value.Notice;
        LogDraining(notice.TotalSeconds);
        await Task.Delay(notice, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed = time.CreateTimer(static ending => ((CancellationTokenSource)ending!).Cancel(), _ending, UntilClosed, Timeout.InfiniteTimeSpan);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        // Waits for its callback, which must not find the source disposed.
        if (_closed is not null)
            await _closed.DisposeAsync();
        LogDrained();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _ending.Dispose();

    [LoggerMessage(1, LogLevel.Information, "Draining: not ready from now on; closed to new connections in {NoticeSeconds} s")]
    private partial void LogDraining(double noticeSeconds);

    [LoggerMessage(2, LogLevel.Information, "Drained")]
    private partial void LogDrained();
}
