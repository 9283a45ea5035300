using Actors.Checkout;
using Actors.Cluster.Processes;

namespace Actors.Cli.Tests;

/// <summary>A silo and two frontends as processes, behind a proxy that tests point to one or the other. Each test begins with all of it up.</summary>
public sealed class Service : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private LocalCluster? _cluster;
    private TcpProxy? _proxy;

    internal string Key { get; private set; } = "";

    internal FrontendNode First => _cluster!.Frontends[0];

    internal FrontendNode Second => _cluster!.Frontends[1];

    /// <summary>Where the proxy listens: what a bridge is given.</summary>
    internal Uri Url => new($"http://127.0.0.1:{_proxy!.Port}/mcp");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _cluster = await LocalCluster.StartAsync(
            new LocalClusterOptions
            {
                Silos = 1,
                Frontends = 2,
                ToolPacks = [BuildOutput.Find("tests/FixturePack", "Actors.FixturePack.dll")],
                StartTimeout = Deadline,
            },
            cancellationToken);
        Key = await _cluster.IssueKeyAsync("acme", "ann", cancellationToken);
        _proxy = new TcpProxy(FreePorts.Next(), []);
        RouteTo(First, Second);
    }

    /// <summary>New connections go to these from now on, one after the other.</summary>
    internal void RouteTo(params FrontendNode[] frontends) => _proxy!.SetTargets(frontends.Select(frontend => frontend.Address.Port));

    internal async Task HealAsync(CancellationToken cancellationToken)
    {
        foreach (var frontend in _cluster!.Frontends.Where(frontend => !frontend.IsRunning))
            frontend.Start();
        await _cluster.WaitUntilReadyAsync(Deadline, cancellationToken);
        RouteTo(First, Second);
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
