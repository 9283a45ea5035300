using Orleans.Activations;

namespace Orleans.Timers;

internal sealed class GrainTimer<TState>(
    Activation activation, TimeProvider time, bool interleave, bool keepAlive,
    Func<TState, CancellationToken, Task> callback, TState state)
    : GrainTimer(activation, time, interleave, keepAlive)
{
    protected override Task InvokeAsync(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
