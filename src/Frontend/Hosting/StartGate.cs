using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Hosting;

/// <summary>Holds the calls that arrive while the process still waits for its database and for silos.</summary>
internal sealed class StartGate
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;

    public StartGate(IHostApplicationLifetime lifetime, IOptions<McpOptions> options, TimeProvider time)
    {
        _patience = options.Value.CatalogueWait;
        _time = time;
        lifetime.ApplicationStarted.Register(_started.SetResult);
    }

    public bool IsOpen => _started.Task.IsCompleted;

    /// <summary>For what has nothing to do before.</summary>
    public Task WhenOpenAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);

    /// <exception cref="RefusedException">The start took too long for this call.</exception>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _started.Task.WaitAsync(_patience, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RefusedException(Refusal.Unavailable, "The server is starting and has not reached its database or a silo yet. Try again in a few seconds.");
        }
    }
}
