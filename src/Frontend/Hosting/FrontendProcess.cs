using Actors.Frontend.Draining;
using Actors.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Actors.Frontend.Hosting;

/// <summary>Makes a process of its own of the frontend: its defaults, its way to the silos, its shutdown.</summary>
internal static class FrontendProcess
{
    private const int MembershipConnections = 2;

    /// <summary>A silo that was added, or declared dead, is known after this: calls that hang at a dead one wait for it.</summary>
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(1);

    /// <summary>Time, beside the drain's own, for what stops after the last call has ended.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    public static WebApplicationBuilder AddFrontendProcess(this WebApplicationBuilder builder)
    {
        // Compiled in, below every other source: a file of the working folder, the environment and arguments all win.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new JsonStreamConfigurationSource
        {
            Stream = typeof(FrontendProcess).Assembly.GetManifestResourceStream("appsettings.json")!,
        });
        builder.Services.AddOptions<FrontendClusterOptions>().BindConfiguration(FrontendClusterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<HostOptions>().Configure<IConfiguration>(SetHost);
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        var cluster = builder.Configuration.GetSection(FrontendClusterOptions.Section).Get<FrontendClusterOptions>() ?? new();
        builder.UseOrleansClient(client => Connect(client, cluster, builder.Configuration["Actors:Storage:ConnectionString"]));
        builder.AddActorsFrontend();
        return builder;
    }

    private static void Connect(IClientBuilder client, FrontendClusterOptions cluster, string? database)
    {
        client.Services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.Id, "actors"));
        client.Services.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = cluster.ResponseTimeout);
        client.Services.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayRefresh);
        client.UseConnectionRetryFilter<SiloWait>();
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = MembershipOf(database);
        });
        if (string.IsNullOrEmpty(cluster.Certificate))
            return;
        var certificate = ClusterTls.Load(cluster.Certificate, cluster.CertificatePassword);
        client.UseTls(options => ClusterTls.Configure(options, certificate));
    }

    private static string MembershipOf(string? database) => new NpgsqlConnectionStringBuilder(database)
    {
        MaxPoolSize = MembershipConnections,
        ApplicationName = "actors-membership",
    }.ConnectionString;

    private static void SetHost(HostOptions host, IConfiguration configuration)
    {
        // The server listens while the rest waits for the database and for silos: probes get an answer, and calls are held.
        host.ServicesStartConcurrently = true;
        var drain = configuration.GetSection("Actors:Drain").Get<DrainOptions>() ?? new();
        host.ShutdownTimeout = drain.Notice + drain.Timeout + StopMargin;
    }
}
