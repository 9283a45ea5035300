using Actors.Frontend.Hosting;
using Actors.Frontend.JobTools;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Subscriptions;
using Actors.Frontend.Retries;
using Actors.Tenants;
using Actors.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Catalogues;

/// <summary>Keeps this frontend's copy of the catalogue, and announces what changed to the open subscriptions.</summary>
internal sealed partial class CatalogueFeed(
    IGrainFactory grains,
    StartGate gate,
    TenantFeeds feeds,
    IOptions<McpOptions> options,
    IOptions<RetryOptions> retries,
    TimeProvider time,
    ILogger<CatalogueFeed> logger) : BackgroundService
{
    /// <summary>Longer than it takes to find another silo after one went away.</summary>
    private static readonly TimeSpan ConnectionGrace = TimeSpan.FromSeconds(8);

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CatalogueView? _view;
    private volatile bool _isWatching;
    private long _watchEndedAt;

    public bool IsLoaded => _view is not null;

    /// <summary>Whether a silo answers: the watch of the catalogue is open, or broke only just now.</summary>
    public bool IsConnected => _isWatching || time.GetElapsedTime(Volatile.Read(ref _watchEndedAt)) < ConnectionGrace;

    /// <summary>The catalogue; just after a start, once it has arrived.</summary>
    /// <exception cref="RefusedException">It did not arrive in time.</exception>
    public ValueTask<CatalogueView> GetAsync(CancellationToken cancellationToken) =>
        _view is { } view ? new(view) : WaitAsync(cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WhenOpenAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var pauses = new Backoff(retries.Value);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var catalogue in grains.GetGrain<ICatalogueGrain>(0).WatchAsync(stoppingToken))
                {
                    _isWatching = true;
                    pauses = new Backoff(retries.Value);
                    Replace(catalogue);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Silos come and go: the copy stays in service, and the watch is taken up again.
                LogWatchEnded(e.GetType().Name, e.Message);
            }
            if (_isWatching)
                Volatile.Write(ref _watchEndedAt, time.GetTimestamp());
            _isWatching = false;
            await Task.Delay(pauses.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<CatalogueView> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _loaded.Task.WaitAsync(options.Value.CatalogueWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RefusedException(Refusal.Unavailable, "The server has just started and knows no tools yet. Try again in a few seconds.");
        }
        return _view!;
    }

    private void Replace(Catalogue catalogue)
    {
        var earlier = _view;
        if (earlier?.Version == catalogue.Version && earlier.Revision == catalogue.Revision)
            return;
        var view = new CatalogueView(catalogue, JobToolNames.All);
        foreach (var refused in view.RefusedTools)
            LogReservedName(refused);
        _view = view;
        _loaded.TrySetResult();
        LogLoaded(view.Version, view.Tools.Length, view.Prompts.Length, view.Resources.Length + view.ResourceTemplates.Length, catalogue.Silos.Length);
        if (earlier is null)
            return;
        foreach (var method in view.ChangedSince(earlier))
            feeds.Broadcast(new ServerNotification(method, null));
    }
}
