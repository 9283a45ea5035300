using Orleans.Core;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain with one state, kept by the storage that [StorageProvider] names or the default one.</summary>
public class Grain<TGrainState> : Grain
{
    private IStorage<TGrainState>? _storage;

    protected Grain()
    {
        var lifecycle = RuntimeContext.Current!.ObservableLifecycle;
        lifecycle.Subscribe(GetType().FullName!, GrainLifecycleStage.SetupState, cancellationToken =>
        {
            _storage ??= Runtime.GetStorage<TGrainState>(GrainContext);
            return _storage.ReadStateAsync(cancellationToken);
        });
    }

    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    protected TGrainState State
    {
        get => _storage!.State;
        set => _storage!.State = value;
    }

    protected virtual Task ClearStateAsync() => _storage!.ClearStateAsync();

    protected virtual Task WriteStateAsync() => _storage!.WriteStateAsync();

    protected virtual Task ReadStateAsync() => _storage!.ReadStateAsync();
}
