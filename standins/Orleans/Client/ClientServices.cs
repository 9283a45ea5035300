using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.Connections;
using Orleans.Membership;
using Orleans.Messaging;
using Orleans.References;

namespace Orleans.Client;

/// <summary>The parts of a client.</summary>
internal static class ClientServices
{
    public static void AddClientServices(this IServiceCollection services)
    {
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MessagingOptions>(provider => provider.GetRequiredService<IOptions<ClientMessagingOptions>>().Value);
        services.AddClientConnections();
        services.AddMessaging();
        services.AddGatewayList();
        services.AddSingleton<Gateways>();
        services.AddSingleton<ClientGrainTypes>();
        services.AddSingleton<GrainTypes>(provider => provider.GetRequiredService<ClientGrainTypes>());
        services.AddSingleton<ClientRouter>();
        services.AddSingleton<CallRouter>(provider => provider.GetRequiredService<ClientRouter>());
        services.AddSingleton<ReferenceFactory>();
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddHostedService<ClientHostedService>();
    }
}
