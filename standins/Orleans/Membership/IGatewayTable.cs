using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Where a client finds the gateways: a database, or a list that the application gave.</summary>
internal interface IGatewayTable
{
    Task<ImmutableArray<SiloAddress>> ReadGatewaysAsync(CancellationToken cancellationToken);
}
