using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>A client's list of the gateways of active silos; the addresses hold the gateway's port and the silo's generation.</summary>
internal sealed class GatewayList(IGatewayTable table)
{
    private readonly Lock _publishing = new();

    /// <summary>The list is another one. Handlers do not block.</summary>
    public event Action<ImmutableArray<SiloAddress>>? Changed;

    /// <summary>As last read; empty before that.</summary>
    public ImmutableArray<SiloAddress> Current { get; private set; } = [];

    /// <summary>Reads the list now. Throws if the table cannot be read, and Current stays.</summary>
    public async Task<ImmutableArray<SiloAddress>> RefreshAsync(CancellationToken cancellationToken)
    {
        var gateways = (await table.ReadGatewaysAsync(cancellationToken)).Sort();
        lock (_publishing)
        {
            if (gateways.SequenceEqual(Current)) return gateways;

            Current = gateways;
            Changed?.Invoke(gateways);
        }

        return gateways;
    }
}
