using System.Globalization;
using Actors.Checkout;

namespace Actors.Cluster.Processes;

/// <summary>A silo of its own process, with a proxy before each of its two ports if the cluster is proxied.</summary>
public sealed class SiloNode : ClusterNode
{
    private int _siloPort;
    private int _gatewayPort;
    private TcpProxy? _siloProxy;
    private TcpProxy? _gatewayProxy;

    internal SiloNode(LocalCluster cluster, string name) : base(cluster, name) => TakePorts();

    /// <summary>Packs that only this silo has.</summary>
    internal IReadOnlyList<string> MorePacks { get; init; } = [];

    /// <summary>The port that other silos know it by.</summary>
    public int SiloPort => _siloProxy?.Port ?? _siloPort;

    /// <summary>The port that frontends know it by.</summary>
    public int GatewayPort => _gatewayProxy?.Port ?? _gatewayPort;

    private protected override string Program => BuildOutput.Find("src/Silo", "Actors.Silo");

    public override async ValueTask MoveAsync()
    {
        await base.MoveAsync();
        await DisposeProxiesAsync();
        TakePorts();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await DisposeProxiesAsync();
    }

    /// <summary>Holds what comes in from the processes that match.</summary>
    internal IEnumerable<IDisposable> Hold(Predicate<int?> isHeld)
    {
        if (_siloProxy is null || _gatewayProxy is null)
            throw new InvalidOperationException("A partition needs a cluster with proxies.");
        return [_siloProxy.Hold(isHeld), _gatewayProxy.Hold(isHeld)];
    }

    private protected override IEnumerable<KeyValuePair<string, string>> Settings() =>
    [
        .. base.Settings(),
        new("Actors:Cluster:SiloName", Name),
        new("Actors:Cluster:AdvertisedAddress", "127.0.0.1"),
        new("Actors:Cluster:SiloPort", Text(SiloPort)),
        new("Actors:Cluster:GatewayPort", Text(GatewayPort)),
        new("Actors:Cluster:SiloListenPort", Text(_siloPort)),
        new("Actors:Cluster:GatewayListenPort", Text(_gatewayPort)),
        .. ToolPacks,
        .. MorePacks.Select((pack, index) => new KeyValuePair<string, string>($"Actors:ToolPacks:Paths:{Cluster.Options.ToolPacks.Count + index}", pack)),
        .. Cluster.Options.SiloSettings,
    ];

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private void TakePorts()
    {
        (_siloPort, _gatewayPort) = (FreePorts.Next(), FreePorts.Next());
        if (!Cluster.IsProxied)
            return;
        _siloProxy = new TcpProxy(FreePorts.Next(), [_siloPort], () => Cluster.Pids);
        _gatewayProxy = new TcpProxy(FreePorts.Next(), [_gatewayPort], () => Cluster.Pids);
    }

    private async ValueTask DisposeProxiesAsync()
    {
        if (_siloProxy is not null)
            await _siloProxy.DisposeAsync();
        if (_gatewayProxy is not null)
            await _gatewayProxy.DisposeAsync();
    }
}
