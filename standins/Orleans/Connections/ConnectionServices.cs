using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Connections;

internal static class ConnectionServices
{
    /// <summary>The connections of a silo, and its listener.</summary>
    public static void AddSiloConnections(this IServiceCollection services)
    {
        services.AddConnections();
        services.AddSingleton(provider => OfSilo(provider.GetRequiredService<ILocalSiloDetails>()));
        services.AddSingleton<SiloListener>();
    }

    /// <summary>The connections of a process that hosts no grains.</summary>
    public static void AddClientConnections(this IServiceCollection services)
    {
        services.AddConnections();
        services.AddSingleton(OfClient());
    }

    private static void AddConnections(this IServiceCollection services)
    {
        services.AddOptions<TlsOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddClusterSecret();
        services.AddSingleton(Limits);
        services.AddSingleton<ConnectionLog>();
        services.AddSingleton<ConnectionClock>();
        services.AddSingleton<Transport>();
        services.AddSingleton<TlsLayer>();
        services.AddSingleton<Handshake>();
        services.AddSingleton<ConnectionMaker>();
        services.AddSingleton<ConnectionPool>();
    }

    private static ConnectionLimits Limits(IServiceProvider provider)
    {
        var limits = new ConnectionLimits();
        provider.GetService<IConfiguration>()?.GetSection(ConnectionLimits.Section).Bind(limits);
        limits.MaxFrameBytes = provider.GetRequiredService<MessagingOptions>().MaxMessageBodySize;
        limits.Check();
        return limits;
    }

    private static PeerIdentity OfSilo(ILocalSiloDetails silo) => new(silo.SiloAddress, silo.Name);

    // A client has no endpoint of its own: a random negative generation tells it from the others.
    private static PeerIdentity OfClient() => new(
        SiloAddress.New(IPAddress.Loopback, 0, -RandomNumberGenerator.GetInt32(1, int.MaxValue)),
        $"{Environment.MachineName}/{Environment.ProcessId}");
}
