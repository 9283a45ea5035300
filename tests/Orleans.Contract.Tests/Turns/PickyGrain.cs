using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace Orleans.Contract.Tests.Turns;

[MayInterleave(nameof(IsSignal))]
internal sealed class PickyGrain : Grain, IPickyGrain
{
    public static bool IsSignal(IInvokable request) => request.GetMethodName() == nameof(SignalAsync);

    public async Task WaitForAsync(string signal)
    {
        Signals.Set(this.GetPrimaryKeyString(), signal + ".entered");
        await Signals.WaitAsync(this.GetPrimaryKeyString(), signal);
    }

    public Task SignalAsync(string signal)
    {
        Signals.Set(this.GetPrimaryKeyString(), signal);
        return Task.CompletedTask;
    }
}
