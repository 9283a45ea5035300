using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.AdoNet;
using Orleans.Configuration;
using Orleans.Membership;

namespace Orleans.Hosting;

/// <summary>Membership in Orleans' tables in a database, for silos and for clients.</summary>
public static class AdoNetHostingExtensions
{
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions) =>
        builder.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> options) => options.Configure(configureOptions));

    public static ISiloBuilder UseAdoNetClustering(
        this ISiloBuilder builder, Action<OptionsBuilder<AdoNetClusteringSiloOptions>> configureOptions)
    {
        configureOptions(builder.Services.AddOptions<AdoNetClusteringSiloOptions>());
        builder.Services.AddSingleton<ChosenClustering>();
        builder.Services.AddTable<AdoNetClusteringSiloOptions>(options => (options.Invariant, options.ConnectionString, options.DataSource));
        builder.Services.Replace(ServiceDescriptor.Singleton<IMemberTable>(services => services.GetRequiredService<AdoNetClusterTable>()));
        return builder;
    }

    public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions) =>
        builder.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringClientOptions> options) => options.Configure(configureOptions));

    public static IClientBuilder UseAdoNetClustering(
        this IClientBuilder builder, Action<OptionsBuilder<AdoNetClusteringClientOptions>> configureOptions)
    {
        configureOptions(builder.Services.AddOptions<AdoNetClusteringClientOptions>());
        builder.Services.AddTable<AdoNetClusteringClientOptions>(options => (options.Invariant, options.ConnectionString, options.DataSource));
        builder.Services.AddGatewayList();
        builder.Services.Replace(ServiceDescriptor.Singleton<IGatewayTable>(services => services.GetRequiredService<AdoNetClusterTable>()));
        return builder;
    }

    private static void AddTable<TOptions>(
        this IServiceCollection services, Func<TOptions, (string Invariant, string? ConnectionString, DbDataSource? DataSource)> database)
        where TOptions : class
    {
        services.TryAddSingleton(provider =>
        {
            var (invariant, connectionString, dataSource) = database(provider.GetRequiredService<IOptions<TOptions>>().Value);
            var cluster = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
            return new AdoNetClusterTable(AdoNetDatabase.Open(invariant, connectionString, dataSource), cluster.ClusterId);
        });
        services.Replace(ServiceDescriptor.Singleton<ISecretTable>(provider => provider.GetRequiredService<AdoNetClusterTable>()));
        services.AddClusterSecret();
    }
}
