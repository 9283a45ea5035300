using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Grain storage in Orleans' tables in a database.</summary>
public static class AdoNetGrainStorageSiloBuilderExtensions
{
    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(
        this ISiloBuilder builder, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(name, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure(configureOptions));

    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null) =>
        builder.AddAdoNetGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    public static ISiloBuilder AddAdoNetGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetGrainStorageOptions>(name));
        builder.Services.AddGrainStorage(name, static (services, key) => new AdoNetGrainStorage(
            key, services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(key),
            services.GetRequiredService<IOptions<ClusterOptions>>().Value, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<MembershipLog>()));
        return builder;
    }
}
