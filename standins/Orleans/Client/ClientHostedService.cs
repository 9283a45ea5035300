using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Connections;
using Orleans.Messaging;
using Orleans.References;
using Orleans.Runtime;

namespace Orleans.Client;

/// <summary>Connects the client with its host, and keeps to the gateways that there are.</summary>
internal sealed class ClientHostedService(
    Gateways gateways, ClientRouter router, ReferenceFactory references, MessageReceiver receiver, Peers peers, ConnectionPool pool,
    IOptions<ClusterOptions> cluster, TimeProvider time, IClientConnectionRetryFilter? retryFilter = null) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _refresh = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(cluster.Value.ClusterId))
            throw new OrleansConfigurationException("ClusterOptions.ClusterId must not be empty.");

        // These complete each other, so all must exist before the first call.
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(references);
        pool.Receiver = receiver;
        peers.Trouble += gateways.OnTrouble;
        peers.Start(time);
        while (!await TryConnectAsync(cancellationToken))
        {
        }

        _refresh = Task.Run(() => gateways.KeepFreshAsync(_stopping.Token), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _refresh.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await pool.CloseAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await gateways.ConnectAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (retryFilter is not null && !cancellationToken.IsCancellationRequested)
        {
            // The application says whether the client waits for its cluster, and how long.
            if (!await retryFilter.ShouldRetryConnectionAttempt(exception, cancellationToken)) throw;
            return false;
        }
    }
}
