using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Timers;

internal sealed class TimerRegistry(TimeProvider time) : ITimerRegistry
{
    public IDisposable RegisterTimer(
        IGrainContext grainContext, Func<object?, Task> callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(
            grainContext, static (state, _) => state.callback(state.state), (callback, state),
            new GrainTimerCreationOptions { DueTime = dueTime, Period = period, Interleave = true });

    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        ArgumentNullException.ThrowIfNull(callback);
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException(
                "Current grain context is null. Please make sure you are not trying to create a Timer from outside "
                + "Orleans Task Scheduler, which will be the case if you create it inside Task.Run.");
        if (!ReferenceEquals(RuntimeContext.Current, grainContext))
            throw new InvalidOperationException("Current grain context differs from specified grain context.");

        var activation = (Activation)grainContext;
        var timer = new GrainTimer<TState>(activation, time, options.Interleave, options.KeepAlive, callback, state);
        activation.AddTimer(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }
}
