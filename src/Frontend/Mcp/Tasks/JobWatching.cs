using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>One watch of a job on the silo where it is now; it may break with the silo.</summary>
internal sealed class JobWatching(IJobGrain grain, Principal caller, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<JobSnapshot> _states = grain.WatchAsync(caller, cancellationToken).GetAsyncEnumerator(cancellationToken);

    private int _received;

    /// <summary>It ended because its silo, or the way there, went away.</summary>
    public bool IsBroken { get; private set; }

    public bool IsEmpty => _received == 0;

    /// <summary>Whether the state returned last was this watch's first.</summary>
    public bool IsFirst => _received == 1;

    /// <summary>The next state; null: the watch has ended, or is broken.</summary>
    public async ValueTask<JobSnapshot?> NextAsync()
    {
        try
        {
            if (!await _states.MoveNextAsync())
                return null;
            _received++;
            return _states.Current;
        }
        catch (Exception exception) when (Transient.Is(exception) && !cancellationToken.IsCancellationRequested)
        {
            IsBroken = true;
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _states.DisposeAsync();
        }
        catch (Exception exception) when (Transient.Is(exception))
        {
            // The silo is gone, and the watch with it.
        }
    }
}
