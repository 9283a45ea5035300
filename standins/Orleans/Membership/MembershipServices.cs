using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace Orleans.Membership;

internal static class MembershipServices
{
    /// <summary>The membership of a silo. Its tables are registered by the clustering that the application chose.</summary>
    public static void AddMembership(this IServiceCollection services)
    {
        services.AddSingleton<ClusterMembership>();
        services.TryAddSingleton<MembershipLog>();
        services.AddSingleton<Gossip>();
        services.AddSingleton<MemberWrites>();
        services.AddSingleton<LocalMember>();
        services.AddSingleton<JoinClearance>();
        services.AddSingleton<SelfStop>();
        services.AddSingleton<TableRefresh>();
        services.AddSingleton<AliveSignal>();
        services.AddSingleton<DeathVotes>();
        services.AddSingleton<PeerProbes>();
        services.AddSingleton<DefunctCleanup>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipStages>();
        services.AddSingleton<IClusterMembershipService, ClusterMembers>();
        services.TryAddSingleton<ExitProcess>(ProcessEnd.Now);
        services.AddClusterSecret();
        services.TryAddSingleton<LocalMemberTable>();
        services.TryAddSingleton<IMemberTable>(provider => provider.GetRequiredService<LocalMemberTable>());
        services.TryAddSingleton<ISecretTable>(provider => provider.GetRequiredService<LocalMemberTable>());
    }

    /// <summary>A client's list of gateways. Its table is registered by the clustering that the application chose.</summary>
    public static void AddGatewayList(this IServiceCollection services)
    {
        services.TryAddSingleton<MembershipLog>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GatewayList>();
    }

    public static void AddClusterSecret(this IServiceCollection services) =>
        services.TryAddSingleton(provider => new ClusterSecret(
            provider.GetService<IConfiguration>() ?? new ConfigurationBuilder().Build(), provider.GetRequiredService<ISecretTable>()));
}
