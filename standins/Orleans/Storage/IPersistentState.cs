using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A named state of a grain, read before OnActivateAsync and written when the grain says so.</summary>
public interface IPersistentState<TState> : IStorage<TState>
{
}
