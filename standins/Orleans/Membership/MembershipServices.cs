using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Membership;

internal static class MembershipServices
{
    /// <summary>The membership of a silo. Its tables are registered by the clustering that the application chose.</summary>
    public static void AddMembership(this IServiceCollection services)
    {
        services.AddSingleton<ClusterMembership>();
        services.AddClusterSecret();
        services.TryAddSingleton<LocalMemberTable>();
        services.TryAddSingleton<IMemberTable>(provider => provider.GetRequiredService<LocalMemberTable>());
        services.TryAddSingleton<ISecretTable>(provider => provider.GetRequiredService<LocalMemberTable>());
    }

    public static void AddClusterSecret(this IServiceCollection services) =>
        services.TryAddSingleton(provider => new ClusterSecret(
            provider.GetService<IConfiguration>() ?? new ConfigurationBuilder().Build(), provider.GetRequiredService<ISecretTable>()));
}
