namespace Orleans.Contract.Tests.Activations;

internal sealed class SlowStartGrain : Grain, ISlowStartGrain
{
    private bool _isReady;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Add(this.GetPrimaryKeyString(), "activated");
        await Signals.WaitAsync(this.GetPrimaryKeyString(), "start");
        _isReady = true;
    }

    public Task<bool> IsReadyAsync() => Task.FromResult(_isReady);
}
