using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Binds a grain's [PersistentState] to its provider and has it read before the grain is activated.</summary>
internal sealed class PersistentStateFactory(IServiceProvider services) : IPersistentStateFactory
{
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var state = Bind<TState>(context, config);
        IDisposable? subscription = null;
        subscription = context.ObservableLifecycle.Subscribe(
            nameof(IPersistentState<TState>), GrainLifecycleStage.SetupState,
            async cancellationToken =>
            {
                await state.ReadStateAsync(cancellationToken);
                // It has nothing to do at the end.
                subscription!.Dispose();
            });
        return state;
    }

    public StoredState<TState> Bind<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var storage = string.IsNullOrWhiteSpace(config.StorageName)
            ? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(config.StorageName);
        return storage is null ? throw Missing(context, config) : new StoredState<TState>(config.StateName, context, storage);
    }

    private static BadProviderConfigException Missing(IGrainContext context, IPersistentStateConfiguration config) =>
        new(string.IsNullOrEmpty(config.StorageName)
            ? $"No default storage provider found loading grain {context.GrainId}, state {config.StateName}."
            : $"No storage provider named \"{config.StorageName}\" found loading grain {context.GrainId}, state {config.StateName}.");
}
