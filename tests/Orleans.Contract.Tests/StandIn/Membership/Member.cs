using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.AdoNet;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Management;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>A silo's membership with its host, its row in a real PostgreSQL, and a <see cref="Network"/> instead of TCP.</summary>
internal sealed class Member : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Network _network;

    private Member(IHost host, Network network)
    {
        Host = host;
        _network = network;
        Membership = host.Services.GetRequiredService<ClusterMembership>();
    }

    public IHost Host { get; }

    public ClusterMembership Membership { get; }

    public SiloAddress Address => Membership.Local;

    public ClusterView View => Membership.Current;

    /// <summary>The exit code with which it would have ended the process.</summary>
    public TaskCompletionSource<int> Exit { get; } = new();

    public static Member Create(Network network, string connectionString, int port, Action<ClusterMembershipOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        TaskCompletionSource<int>? exit = null;
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SiloStartTime>();
        builder.Services.AddSingleton<ILocalSiloDetails>(new FixedSilo("test", port));
        builder.Services.AddSingleton<IPeerContact>(provider => new NetworkContact(network, provider.GetRequiredService<ILocalSiloDetails>()));
        builder.Services.AddMembership();
        new SiloBuilder(builder.Services, builder.Configuration)
            .Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "test")
            .Configure<EndpointOptions>(options => options.GatewayPort = port + 20_000)
            .Configure<ClusterMembershipOptions>(options => { Hurry(options); configure?.Invoke(options); })
            .UseAdoNetClustering((AdoNetClusteringSiloOptions options) =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connectionString;
            });
        builder.Services.AddSingleton(provider => new CuttableTable(provider.GetRequiredService<AdoNetClusterTable>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IMemberTable>(provider => provider.GetRequiredService<CuttableTable>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<ExitProcess>(code => exit!.TrySetResult(code)));
        builder.Services.AddHostedService<MemberLifecycle>();
        services?.Invoke(builder.Services);
        var member = new Member(builder.Build(), network);
        exit = member.Exit;
        return member;
    }

    public static async Task<Member> StartAsync(
        Network network, string connectionString, int port, Action<ClusterMembershipOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var member = Create(network, connectionString, port, configure, services);
        await member.StartAsync();
        return member;
    }

    public static Task<Member[]> StartAsync(Network network, string connectionString, IEnumerable<int> ports, Action<ClusterMembershipOptions>? configure = null) =>
        Task.WhenAll(ports.Select(port => Task.Run(() => StartAsync(network, connectionString, port, configure))));

    public async Task StartAsync()
    {
        _network.Attach(Membership); // its listener is there before its row
        await Host.StartAsync();
    }

    /// <summary>Its process is gone from one moment to the next.</summary>
    public void Kill()
    {
        Host.Services.GetRequiredService<CuttableTable>().Cut();
        _network.Remove(Address);
    }

    /// <summary>Waits until this silo's view is so.</summary>
    public async Task SeesAsync(Func<ClusterView, bool> condition)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(ClusterView previous, ClusterView now)
        {
            if (condition(now)) seen.TrySetResult();
        }

        Membership.Changed += Look;
        Look(View, View);
        try
        {
            await seen.Task.WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Address} sees at version {View.Version}: {string.Join(", ", View.Members.Select(member => $"{member.Address} {member.Status} ({string.Join(' ', member.Votes)})"))}");
        }
        finally
        {
            Membership.Changed -= Look;
        }
    }

    public Task SeesAsync(SiloAddress silo, SiloStatus status) => SeesAsync(view => view.StatusOf(silo) == status);

    public async ValueTask DisposeAsync()
    {
        _network.Remove(Address);
        await Host.StopAsync();
        Host.Dispose();
    }

    // Quick enough for tests; the table is read for a reason only, so what is known is known by gossip.
    private static void Hurry(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromMilliseconds(300);
        options.NumMissedProbesLimit = 2;
        options.IAmAliveTablePublishTimeout = TimeSpan.FromMilliseconds(300);
        options.NumMissedTableIAmAliveLimit = 20;
        options.TableRefreshTimeout = TimeSpan.FromMinutes(10);
    }
}
