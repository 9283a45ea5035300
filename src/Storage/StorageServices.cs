using Actors.Storage.FollowUps;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Actors.Storage.Queue;
using Actors.Storage.Results;
using Actors.Storage.Retention;
using Actors.Storage.Schedules;
using Actors.Storage.Schema;
using Actors.Storage.Secrets;
using Actors.Storage.Sessions;
using Actors.Storage.Silos;
using Actors.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;

namespace Actors.Storage;

public static class StorageServices
{
    private const string LeaseKey = "lease";

    /// <summary>
    /// What every process needs: the one <see cref="NpgsqlDataSource"/>, the schema brought up to date before anything
    /// starts, <see cref="Journal"/>, <see cref="JobQueries"/>, <see cref="TenantDirectory"/>, <see cref="ApiKeys"/> and
    /// <see cref="ClusterSecrets"/>.
    /// </summary>
    public static IServiceCollection AddActorsStorage(this IServiceCollection services, Action<StorageOptions> configure)
    {
        services.AddOptions<StorageOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => DataSource.Create(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.TryAddSingleton<Journal>();
        services.TryAddSingleton<JobQueries>();
        services.TryAddSingleton<StepTable>();
        services.TryAddSingleton<ResultStore>();
        services.TryAddSingleton<ExpiredJobs>();
        services.TryAddSingleton<JobPins>();
        services.TryAddSingleton<SessionTable>();
        services.TryAddSingleton<ScheduleTable>();
        services.TryAddSingleton<FollowUpTable>();
        services.TryAddSingleton<WebhookSecrets>();
        services.TryAddSingleton<SiloTable>();
        services.TryAddSingleton<TenantDirectory>();
        services.TryAddSingleton<TenantLimitTable>();
        services.TryAddSingleton<ApiKeys>();
        services.TryAddSingleton<ClusterSecrets>();
        services.TryAddSingleton<DatabaseProbe>();
        if (services.Any(service => service.ServiceType == typeof(SchemaAtStart))) return services;

        services.AddSingleton<SchemaAtStart>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SchemaAtStart>());
        return services;
    }

    /// <summary>
    /// What a silo needs besides <see cref="AddActorsStorage"/>: <see cref="JobStorage"/> and <see cref="SessionStorage"/> as the grain storage of
    /// jobs and sessions, and the silo's <see cref="SiloLease"/>, held from before anything starts until after everything has stopped.
    /// </summary>
    public static ISiloBuilder AddJobStorage(this ISiloBuilder builder)
    {
        var services = builder.Services;
        services.AddKeyedSingleton(LeaseKey, (provider, _) => DataSource.CreateForLease(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton(provider => new SiloLease(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(LeaseKey), provider.GetRequiredService<ILocalSiloDetails>().Name,
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.Lease, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JobStorage>();
        services.AddSingleton<JobLine>();
        services.AddSingleton<LinePlaces>();
        services.AddSingleton<StoredBytes>();
        services.AddSingleton<IHostedService, LeaseRenewal>();
        services.AddGrainStorage(JobStorage.Name, (provider, _) => provider.GetRequiredService<JobStorage>());
        services.AddSingleton<SessionStorage>();
        services.AddGrainStorage(SessionStorage.Name, (provider, _) => provider.GetRequiredService<SessionStorage>());
        return builder;
    }
}
