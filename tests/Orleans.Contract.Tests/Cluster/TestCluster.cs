using System.Net;
using System.Net.Sockets;
using Actors.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>Silos and clients over real TCP and one real database; all in this process unless a test starts others.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    public const string ClusterId = "contract";

    private readonly List<IHost> _hosts = [];

    private TestCluster(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>Configuration of the hosts that are added from now on.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public static async Task<TestCluster> CreateAsync(PostgresServer server) => new(await server.CreateDatabaseAsync(withSchema: false));

    /// <summary>The silos, and a client of theirs as the last.</summary>
    public static async Task<(TestCluster Cluster, IHost[] Silos, IHost Client)> StartAsync(
        PostgresServer server, int siloCount, Action<ISiloBuilder>? configure = null)
    {
        var cluster = await CreateAsync(server);
        var silos = new IHost[siloCount];
        for (var i = 0; i < siloCount; i++) silos[i] = await cluster.AddSiloAsync(configure);
        return (cluster, silos, await cluster.AddClientAsync());
    }

    public async Task<IHost> AddSiloAsync(Action<ISiloBuilder>? configure = null)
    {
        var host = BuildSilo(configure);
        await host.StartAsync();
        return host;
    }

    public async Task<IHost> AddClientAsync(Action<IClientBuilder>? configure = null)
    {
        var host = BuildClient(configure);
        await host.StartAsync();
        return host;
    }

    public IHost BuildSilo(Action<ISiloBuilder>? configure = null) => Keep(BuildSilo(ConnectionString, configure, Settings));

    public static IHost BuildSilo(string connectionString, Action<ISiloBuilder>? configure, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(Name);
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
            silo.UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connectionString;
            });
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
            });
            configure?.Invoke(silo);
        });
        return builder.Build();
    }

    public IHost BuildClient(Action<IClientBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(Name);
            client.UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = ConnectionString;
            });
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
            configure?.Invoke(client);
        });
        return Keep(builder.Build());
    }

    /// <summary>Until every silo of this process has seen the other one become active.</summary>
    public Task SeenAsync(SiloAddress address) => Eventually.TrueAsync(() => Task.FromResult(_hosts
        .Select(host => host.Services.GetService<IClusterMembershipService>())
        .All(membership => membership is null || membership.CurrentSnapshot.GetSiloStatus(address) == SiloStatus.Active)));

    public static IGrainFactory GrainsOf(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask DisposeAsync()
    {
        // Clients before silos: they were started last.
        for (var i = _hosts.Count - 1; i >= 0; i--)
        {
            await _hosts[i].StopAsync();
            _hosts[i].Dispose();
        }
    }

    private static void Name(ClusterOptions options)
    {
        options.ClusterId = ClusterId;
        options.ServiceId = ClusterId;
    }

    private IHost Keep(IHost host)
    {
        _hosts.Add(host);
        return host;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
