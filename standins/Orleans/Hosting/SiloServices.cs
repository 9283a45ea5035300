using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Calls;
using Orleans.Configuration;
using Orleans.Connections;
using Orleans.GrainDirectory;
using Orleans.Membership;
using Orleans.Messaging;
using Orleans.Placement;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>The parts of a silo.</summary>
internal static class SiloServices
{
    public static void AddSiloServices(this IServiceCollection services)
    {
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IPostConfigureOptions<SiloOptions>, SiloNaming>();
        services.AddSingleton<ILocalSiloDetails, LocalSilo>();
        services.AddSingleton<OptionsValidation>();

        services.AddMembership();
        services.AddSingleton<MessagingOptions>(provider => provider.GetRequiredService<IOptions<SiloMessagingOptions>>().Value);
        services.AddMessaging();
        services.AddSingleton<SiloRouter>();
        services.AddSingleton<CallRouter>(provider => provider.GetRequiredService<SiloRouter>());
        services.AddSingleton<SiloPlacement>();
        services.AddSingleton<DirectoryLog>();
        services.AddSingleton<IPeerContact, PeerContact>();
        services.AddSiloConnections();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloMessaging>();
        services.AddSingleton<ActivationLog>();
        services.AddSingleton<GrainClasses>();
        services.AddSingleton<GrainTypes>(provider => provider.GetRequiredService<GrainClasses>());
        services.AddSingleton<ActivationDirectory>();
        services.AddSingleton<ReferenceFactory>();
        services.AddSingleton<Management.SiloStartTime>();
        services.AddSingleton<IdleCollection>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<IdleCollection>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloStages>();

        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<ITimerRegistry, TimerRegistry>();
        services.AddSingleton<IGrainRuntime, GrainRuntime>();
        services.TryAddSingleton<IPersistentStateFactory, PersistentStateFactory>();
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddScoped<IGrainContext>(_ => RuntimeContext.Current
            ?? throw new InvalidOperationException("An IGrainContext exists only in a grain's turn."));

        services.AddSingleton<SiloLifecycle>();
        services.AddSingleton<ISiloLifecycleSubject>(provider => provider.GetRequiredService<SiloLifecycle>());
        services.AddSingleton<ISiloLifecycle>(provider => provider.GetRequiredService<SiloLifecycle>());
        services.AddHostedService<SiloHostedService>();
    }
}
