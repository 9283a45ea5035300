using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Calls;
using Orleans.Configuration;

namespace Orleans.Hosting;

public static class CoreHostingExtensions
{
    /// <summary>One silo on this machine, without any shared table.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder, int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT, IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev", string clusterId = "dev")
    {
        if (primarySiloEndpoint is not null && primarySiloEndpoint.Port != siloPort) throw NotCovered.Clustering();

        builder.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
        if (!string.IsNullOrWhiteSpace(serviceId) || !string.IsNullOrWhiteSpace(clusterId))
            builder.Configure<ClusterOptions>(options =>
            {
                if (!string.IsNullOrWhiteSpace(serviceId)) options.ServiceId = serviceId;
                if (!string.IsNullOrWhiteSpace(clusterId)) options.ClusterId = clusterId;
            });
        builder.Services.AddSingleton<ChosenClustering>();
        return builder;
    }

    /// <summary>Carries the W3C trace context along grain calls and opens an activity for each.</summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
    {
        if (builder.Services.Any(service => service.ImplementationType == typeof(TraceContextOutgoingFilter))) return builder;
        return builder
            .AddOutgoingGrainCallFilter<TraceContextOutgoingFilter>()
            .AddIncomingGrainCallFilter<TraceContextIncomingFilter>();
    }
}
