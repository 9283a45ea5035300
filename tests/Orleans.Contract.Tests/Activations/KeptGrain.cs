namespace Orleans.Contract.Tests.Activations;

[KeepAlive]
internal sealed class KeptGrain : Grain, IKeptGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Set(this.GetPrimaryKeyString(), "deactivated");
        return Task.CompletedTask;
    }

    public Task TouchAsync() => Task.CompletedTask;
}
