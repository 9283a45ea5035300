using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>A client's list of the gateways of active silos; the addresses hold the gateway's port and the silo's generation.</summary>
internal sealed class GatewayList(IGatewayTable table, IOptions<GatewayOptions> options, TimeProvider time, MembershipLog log)
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

    /// <summary>Reads the list, and again in every period of the options, until it is cancelled. A table that is away is waited for.</summary>
    public async Task KeepFreshAsync(CancellationToken cancellationToken)
    {
        var period = options.Value.GatewayListRefreshPeriod;
        var retry = new TableRetry("read", period, log);
        while (!cancellationToken.IsCancellationRequested)
        {
            await retry.TryAsync(() => RefreshAsync(cancellationToken), cancellationToken);
            await Task.Delay(retry.Delay ?? Backoff.Jitter(period), time, cancellationToken);
        }
    }
}
