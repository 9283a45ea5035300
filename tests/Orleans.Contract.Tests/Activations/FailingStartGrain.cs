namespace Orleans.Contract.Tests.Activations;

/// <summary>Its first activation fails.</summary>
internal sealed class FailingStartGrain : Grain, IFailingStartGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Signals.Add(this.GetPrimaryKeyString(), "attempt") == 1
            ? throw new InvalidOperationException("not yet")
            : Task.CompletedTask;

    public Task<int> AttemptsAsync() => Task.FromResult(Signals.Count(this.GetPrimaryKeyString(), "attempt"));
}
