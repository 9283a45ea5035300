using Orleans.Runtime;

namespace Orleans.Contract.Tests.Activations;

/// <summary>A grain class without the base class.</summary>
internal sealed class PlainGrain(IGrainContext context) : IGrainBase, IPlainGrain, IDisposable
{
    private string _key = "";

    public IGrainContext GrainContext { get; } = context;

    public Task OnActivateAsync(CancellationToken token)
    {
        _key = this.GetPrimaryKeyString();
        return Task.CompletedTask;
    }

    public Task<string> KeyAsync() => Task.FromResult(_key);

    public Task DeactivateAsync()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public void Dispose() => Signals.Set(_key, "disposed");
}
