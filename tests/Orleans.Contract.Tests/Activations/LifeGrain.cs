namespace Orleans.Contract.Tests.Activations;

internal sealed class LifeGrain : Grain, ILifeGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Add(Key, "activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Add(Key, "deactivated");
        Signals.Set(Key, "deactivated", reason.ReasonCode);
        return Task.CompletedTask;
    }

    public Task<string> ActivationAsync() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task DelayAsync(TimeSpan timeSpan)
    {
        DelayDeactivation(timeSpan);
        return Task.CompletedTask;
    }

    public async Task WaitForAsync(string signal)
    {
        Signals.Set(Key, signal + ".entered");
        await Signals.WaitAsync(Key, signal);
    }

    public async Task<string> DeactivateAndWaitForAsync(string signal)
    {
        DeactivateOnIdle();
        await WaitForAsync(signal);
        return GrainContext.ActivationId.ToString();
    }
}
