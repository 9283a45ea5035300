using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>Where a silo takes connections: one endpoint for other silos, one, its gateway, for clients.</summary>
internal sealed class SiloListener(
    IOptions<EndpointOptions> endpoints, ILocalSiloDetails silo, Transport transport, ConnectionMaker maker, ConnectionLimits limits, ConnectionLog log)
    : IDisposable
{
    private readonly List<EndpointListener> _listeners = [];

    /// <summary>Throws <see cref="OrleansConfigurationException"/> when an endpoint is taken.</summary>
    public async Task StartAsync(IFrameReceiver receiver, CancellationToken cancellationToken)
    {
        var options = endpoints.Value;
        var own = silo.SiloAddress;
        await ListenAsync("silos", options.SiloListeningEndpoint ?? own.Endpoint, own).ConfigureAwait(false);
        if (options.GatewayPort == 0) return;

        var gateway = SiloAddress.New(own.Endpoint.Address, options.GatewayPort, own.Generation);
        await ListenAsync("clients", options.GatewayListeningEndpoint ?? gateway.Endpoint, gateway).ConfigureAwait(false);

        async Task ListenAsync(string what, IPEndPoint endpoint, SiloAddress address)
        {
            var listener = new EndpointListener(what, endpoint, new PeerIdentity(address, silo.Name), receiver, transport, maker, limits, log);
            _listeners.Add(listener);
            await listener.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes no more connections, sends what waits on the open ones, and closes them.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_listeners.Select(listener => listener.CloseAsync())).WaitAsync(cancellationToken);

    public void Dispose() => _listeners.ForEach(static listener => listener.Dispose());
}
