using System.Reflection;
using Actors.Grains.Jobs;
using Actors.Grains.Sessions;
using Actors.Grains.Tenants;
using Actors.Grains.Tools;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Silo.Calls;
using Actors.Silo.Confirmations;
using Actors.Silo.Creation;
using Actors.Silo.FollowUps;
using Actors.Silo.Packs;
using Actors.Silo.Queue;
using Actors.Silo.Recovery;
using Actors.Silo.Results;
using Actors.Silo.Schedules;
using Actors.Storage;
using Actors.Storage.FollowUps;
using Actors.Storage.Queue;
using Actors.Storage.Schedules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Actors.Silo;

/// <summary>Makes a host a silo of Actors.</summary>
public static class SiloHosting
{
    /// <summary>
    /// Adds the silo: Orleans, the database of the section <c>Actors:Storage</c>, recovery, the running of attempts, and the
    /// tool packs of the section <c>Actors:ToolPacks</c>. A silo that keeps its name (<c>SiloOptions.SiloName</c>) over a restart
    /// has its jobs back at once; the jobs of a name that does not come back wait until its lease has lapsed.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Clustering, endpoints and whatever else this installation wants of Orleans.</param>
    public static IHostApplicationBuilder AddActorsSilo(this IHostApplicationBuilder builder, Action<ISiloBuilder> configure)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        builder.UseOrleans(silo =>
        {
            silo.AddJobStorage();
            configure(silo);
        });
        builder.AddOptions();
        builder.Services.AddTools();
        builder.Services.AddAttempts();
        foreach (var pack in ToolPacks.Load(builder.Configuration.GetSection("Actors:ToolPacks").Get<ToolPackOptions>() ?? new()))
        {
            builder.AddToolPack(pack);
        }

        return builder;
    }

    /// <summary>Offers the tools, prompts and resources of an assembly, once.</summary>
    public static IHostApplicationBuilder AddToolPack(this IHostApplicationBuilder builder, Assembly pack)
    {
        builder.Packs().Add(pack, builder.Services, builder.Configuration);
        return builder;
    }

    private static ToolPacks Packs(this IHostApplicationBuilder builder)
    {
        if (builder.Properties.TryGetValue(typeof(ToolPacks), out var known))
        {
            return (ToolPacks)known;
        }

        var packs = new ToolPacks();
        builder.Properties[typeof(ToolPacks)] = packs;
        builder.Services.AddSingleton(packs);
        return packs;
    }

    private static void AddOptions(this IHostApplicationBuilder builder)
    {
        builder.Packs();
        builder.Services.AddOptions<JobLimits>().BindConfiguration("Actors:Jobs")
            .ValidateDataAnnotations()
            .Validate(o => o.ProgressWriteInterval > TimeSpan.Zero, "Actors:Jobs:ProgressWriteInterval must be positive.")
            .Validate(o => o.KeepEnded >= TimeSpan.Zero, "Actors:Jobs:KeepEnded must not be negative.")
            .Validate(o => o.InputTimeout > TimeSpan.Zero, "Actors:Jobs:InputTimeout must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<PrimitiveLimits>().BindConfiguration("Actors:Primitives").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<SessionLimits>().BindConfiguration("Actors:Sessions").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<NotificationLimits>().BindConfiguration("Actors:Notifications").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<CallOptions>().BindConfiguration("Actors:Calls")
            .ValidateDataAnnotations()
            .Validate(o => o.InlineTimeout > TimeSpan.Zero, "Actors:Calls:InlineTimeout must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<ToolOptions>().BindConfiguration("Actors:Tools").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<AttemptOptions>().BindConfiguration("Actors:Attempts")
            .ValidateDataAnnotations()
            .Validate(o => o.DrainTimeout >= TimeSpan.Zero, "Actors:Attempts:DrainTimeout must not be negative.")
            .Validate(o => o.ParkAfter > TimeSpan.Zero, "Actors:Attempts:ParkAfter must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<QueueOptions>().BindConfiguration("Actors:Queue")
            .ValidateDataAnnotations()
            .Validate(o => o.LookEvery > TimeSpan.Zero, "Actors:Queue:LookEvery must be positive.")
            .Validate(o => o.TellPause > TimeSpan.Zero, "Actors:Queue:TellPause must be positive.")
            .Validate(o => o.PauseAfterNothing >= TimeSpan.Zero, "Actors:Queue:PauseAfterNothing must not be negative.")
            .Validate(o => o.StartPatience > TimeSpan.Zero, "Actors:Queue:StartPatience must be positive.")
            .Validate(o => o.StoredBytesPatience >= TimeSpan.Zero, "Actors:Queue:StoredBytesPatience must not be negative.")
            .Validate(o => o.KeepTurns > TimeSpan.Zero, "Actors:Queue:KeepTurns must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<QuotaOptions>().BindConfiguration("Actors:Quotas").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration("Actors:Retention")
            .ValidateDataAnnotations()
            .Validate(o => o.SweepEvery > TimeSpan.Zero, "Actors:Retention:SweepEvery must be positive.")
            .Validate(o => o.Rest >= TimeSpan.Zero && o.ClearAfter >= TimeSpan.Zero, "Actors:Retention:Rest and ClearAfter must not be negative.")
            .ValidateOnStart();
        builder.Services.AddOptions<WaitExpiryOptions>().BindConfiguration("Actors:WaitExpiry")
            .ValidateDataAnnotations()
            .Validate(o => o.SweepEvery > TimeSpan.Zero, "Actors:WaitExpiry:SweepEvery must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<RecoveryOptions>().BindConfiguration("Actors:Recovery")
            .ValidateDataAnnotations()
            .Validate(o => o.LookEvery > TimeSpan.Zero, "Actors:Recovery:LookEvery must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<FollowUpOptions>().BindConfiguration("Actors:FollowUps").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<WebhookOptions>().BindConfiguration("Actors:Webhooks").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<ScheduleOptions>().BindConfiguration("Actors:Schedules").ValidateDataAnnotations().ValidateOnStart();
    }

    private static void AddTools(this IServiceCollection services)
    {
        services.AddSingleton<PackContent>();
        services.AddSingleton<ClusterCatalogue>();
        services.AddSingleton<ICatalogueSource>(s => s.GetRequiredService<ClusterCatalogue>());
        services.AddSingleton<OutputCheck>();
        services.AddSingleton<ConfirmationGate>();
        services.AddSingleton<ToolInvocation>();
        services.AddSingleton<Completions>();
        services.AddSingleton<PrimitiveBodies>();
        services.AddSingleton<IPrimitiveInvoker, PrimitiveInvoker>();
        services.AddScoped<CallScope>();
        services.AddScoped(s => s.GetRequiredService<CallScope>().Job
            ?? throw new InvalidOperationException($"A {nameof(JobContext)} is there only while a tool is called."));
    }

    private static void AddAttempts(this IServiceCollection services)
    {
        services.AddSingleton<AttemptExecution>();
        services.AddSingleton<ResultSpill>();
        services.AddSingleton(s => new AttemptSlots(s.GetRequiredService<IOptions<AttemptOptions>>().Value.MaxRunningAttempts));
        services.AddSingleton<LimitCache>();
        services.AddSingleton<QueuePlaces>();
        services.AddSingleton<WaitingQuota>();
        services.AddSingleton<StorageQuota>();
        services.AddSingleton<ClaimedStarts>();
        services.AddSingleton<OtherSilos>();
        services.AddSingleton<JobClaims>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<IAttemptRunner>(s => s.GetRequiredService<AttemptRunner>());

        // Hosted services stop in the reverse order: recovery and claims first, then the attempts, then Orleans, added before.
        services.AddHostedService(s => s.GetRequiredService<ClusterCatalogue>());
        services.AddHostedService<AttemptDrain>();
        services.AddHostedService(s => s.GetRequiredService<OtherSilos>());
        services.AddHostedService(s => s.GetRequiredService<JobClaims>());
        services.AddSingleton<FoundJobs>();
        services.AddHostedService<OrphanRecovery>();
        services.AddHostedService<LostAttempts>();
        services.AddHostedService<WaitExpiry>();
        services.AddHostedService<Retention>();
        services.AddSingleton<OwnJobs>();
        services.AddHostedService<RecurringJobs>();
        services.AddSingleton<WholeResults>();
        services.AddHostedService<ChainedCalls>();
        services.AddSingleton<WebhookSender>();
        services.AddHostedService<WebhookDelivery>();
    }
}
