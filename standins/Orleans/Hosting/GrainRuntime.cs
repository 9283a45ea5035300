using Orleans.Activations;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Timers;
using System.Reflection;

namespace Orleans.Hosting;

/// <summary>What a grain asks of its silo.</summary>
internal sealed class GrainRuntime(
    ILocalSiloDetails silo, IGrainFactory grainFactory, ITimerRegistry timerRegistry, IServiceProvider services,
    IPersistentStateFactory states) : IGrainRuntime
{
    public string SiloIdentity { get; } = silo.SiloAddress.ToString();

    public SiloAddress SiloAddress { get; } = silo.SiloAddress;

    public IGrainFactory GrainFactory { get; } = grainFactory;

    public ITimerRegistry TimerRegistry { get; } = timerRegistry;

    public IServiceProvider ServiceProvider { get; } = services;

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        InTurnOf(grainContext).Deactivate(new DeactivationReason(
            DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => InTurnOf(grainContext).DelayDeactivation(timeSpan);

    // The state of a Grain<T>; it has no lifecycle of its own to join, so the grain reads it.
    public IStorage<TGrainState> GetStorage<TGrainState>(IGrainContext grainContext)
    {
        var provider = grainContext.GrainInstance!.GetType().GetCustomAttribute<StorageProviderAttribute>()?.ProviderName;
        return ((Storage.PersistentStateFactory)states).Bind<TGrainState>(grainContext, new PersistentStateAttribute("state", provider));
    }

    private static Activation InTurnOf(IGrainContext grainContext) =>
        RuntimeContext.Current is not null
            ? (Activation)grainContext
            : throw new InvalidOperationException(
                "Activation access violation. A non-activation thread attempted to access activation services.");
}
