using System.Reflection;
using Orleans.Activations;
using Orleans.Calls;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Timers;

/// <summary>The call that a timer makes of its own activation, the same object for every tick.</summary>
internal sealed class TimerTick : GrainCall
{
    private static readonly MethodInfo TickMethod = typeof(GrainTimer).GetMethod(nameof(GrainTimer.TickAsync))!;
    private static readonly CallMethod Descriptor = new(typeof(IGrainTimer), GrainInterfaceType.Create("timer"), TickMethod);

    private readonly GrainTimer _timer;
    private readonly bool _keepAlive;

    public TimerTick(GrainTimer timer, Activation activation, bool interleave, bool keepAlive)
    {
        _timer = timer;
        _keepAlive = keepAlive;
        Host = activation;
        if (interleave) AddInvokeMethodOptions(InvokeMethodOptions.AlwaysInterleave);
    }

    public override CallMethod Method => Descriptor;

    public override bool IsLocalOnly => true;

    public override bool KeepsAlive => _keepAlive;

    public override bool Start(Activation host)
    {
        var task = _timer.TickAsync();
        if (task.IsCompleted) return true;

        _ = CompleteAfter(host, task);
        return false;
    }

    public override ValueTask<Response> Invoke() => throw new NotSupportedException("A timer's tick has no caller.");

    // A tick has nobody to answer to.
    protected override void SetResponse(Response response)
    {
    }

    protected override void SetException(Exception exception)
    {
    }

    private async Task CompleteAfter(Activation host, Task task)
    {
        await task;
        host.OnCompleted(this);
    }
}
