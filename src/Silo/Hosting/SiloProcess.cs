using System.Net;
using Actors.Silo.Attempts;
using Actors.Silo.Health;
using Actors.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Actors.Silo.Hosting;

/// <summary>Makes a process of its own of the silo: its defaults, its place in the cluster, its health, its shutdown.</summary>
internal static class SiloProcess
{
    /// <summary>Membership must not wait for a connection that jobs hold: it has a few of its own.</summary>
    private const int MembershipConnections = 4;

    public static HostApplicationBuilder AddSiloProcess(this HostApplicationBuilder builder)
    {
        // Compiled in, below every other source: a file of the working folder, the environment and arguments all win.
        builder.Configuration.Sources.Insert(0, new JsonStreamConfigurationSource
        {
            Stream = typeof(SiloProcess).Assembly.GetManifestResourceStream("appsettings.json")!,
        });
        builder.Services.AddOptions<SiloClusterOptions>().BindConfiguration(SiloClusterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SiloHealth>();
        // First to start and last to stop: it answers while the silo waits for its database, and while it drains.
        builder.Services.AddHostedService<HealthServer>();
        builder.Services.AddOptions<HostOptions>().Configure<IConfiguration>(SetShutdown);
        var cluster = builder.Configuration.GetSection(SiloClusterOptions.Section).Get<SiloClusterOptions>() ?? new();
        builder.AddActorsSilo(silo => Join(silo, cluster, builder.Configuration["Actors:Storage:ConnectionString"]));
        return builder;
    }

    private static void Join(ISiloBuilder silo, SiloClusterOptions cluster, string? database)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.Id, "actors"));
        silo.Configure<SiloOptions>(options => options.SiloName = cluster.NameOrDefault);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = cluster.ResponseTimeout);
        // A dead silo is known to be dead in seconds: its callers wait no longer than that.
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 3;
            // Of a silo that is cut off, the others are two to one: it cannot vote them all out. Where there are two silos one vote is enough.
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            // A silo that others cannot reach has this long to show that it lives before one that joins declares it dead.
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        });
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = MembershipOf(database);
        });
        if (!string.IsNullOrEmpty(cluster.Certificate))
        {
            var certificate = ClusterTls.Load(cluster.Certificate, cluster.CertificatePassword);
            silo.UseTls(options => ClusterTls.Configure(options, certificate));
        }

        if (IPAddress.TryParse(cluster.AdvertisedAddress, out var address))
            silo.ConfigureEndpoints(address, cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        else
            silo.ConfigureEndpoints(cluster.AdvertisedAddress, cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: true);
        silo.Configure<EndpointOptions>(options => ListenElsewhere(options, cluster));
    }

    private static void ListenElsewhere(EndpointOptions options, SiloClusterOptions cluster)
    {
        var address = IPAddress.IsLoopback(options.AdvertisedIPAddress) ? options.AdvertisedIPAddress : IPAddress.Any;
        if (cluster.SiloListenPort > 0)
            options.SiloListeningEndpoint = new IPEndPoint(address, cluster.SiloListenPort);
        if (cluster.GatewayListenPort > 0)
            options.GatewayListeningEndpoint = new IPEndPoint(address, cluster.GatewayListenPort);
    }

    private static string MembershipOf(string? database) => new NpgsqlConnectionStringBuilder(database)
    {
        MaxPoolSize = MembershipConnections,
        ApplicationName = "actors-membership",
    }.ConnectionString;

    private static void SetShutdown(HostOptions host, IConfiguration configuration)
    {
        var attempts = configuration.GetSection("Actors:Attempts").Get<AttemptOptions>() ?? new();
        var cluster = configuration.GetSection(SiloClusterOptions.Section).Get<SiloClusterOptions>() ?? new();
        host.ShutdownTimeout = attempts.DrainTimeout + cluster.StopMargin;
    }
}
