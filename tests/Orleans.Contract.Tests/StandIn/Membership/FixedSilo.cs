using System.Net;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>A silo's identity with a generation that rises with every silo of the test run, not once a second.</summary>
internal sealed class FixedSilo(string clusterId, int port) : ILocalSiloDetails
{
    private static int _lastGeneration = SiloAddress.AllocateNewGeneration();

    public string Name { get; } = $"silo-{port}";

    public string ClusterId { get; } = clusterId;

    public string DnsHostName => "host";

    public SiloAddress SiloAddress { get; } = SiloAddress.New(IPAddress.Loopback, port, Interlocked.Increment(ref _lastGeneration));

    public SiloAddress GatewayAddress { get; } = SiloAddress.New(IPAddress.Loopback, port + 20_000, 0);
}
