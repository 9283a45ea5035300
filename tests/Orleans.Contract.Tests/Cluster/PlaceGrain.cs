using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

internal sealed class PlaceGrain(ILocalSiloDetails silo) : Grain, IPlaceGrain
{
    private readonly Guid _activation = Guid.NewGuid();
    private int _sum;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Add(this.GetPrimaryKeyString(), "activated");
        return Task.CompletedTask;
    }

    public ValueTask<SiloAddress> WhereAsync() => new(silo.SiloAddress);

    public ValueTask<Guid> ActivationAsync() => new(_activation);

    public ValueTask<int> AddAsync(int value) => new(_sum += value);

    public async Task<SiloAddress> WhereIsAsync(string other) => await GrainFactory.GetGrain<IPlaceGrain>(other).WhereAsync();

    public Task<string> ThrowAsync(string message) => throw new InvalidOperationException(message);

    public Task<string?> ContextAsync(string key) => Task.FromResult(RequestContext.Get(key) as string);

    public async Task WaitAsync(string signal, CancellationToken cancellationToken)
    {
        Signals.Set(signal, "started");
        try
        {
            await Signals.WaitAsync(signal, "go").WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Signals.Set(signal, "cancelled");
            throw;
        }
    }

    public async Task WaitShortlyAsync(string signal) => await Signals.WaitAsync(signal, "go");

    public Task SignalAsync(string signal)
    {
        Signals.Set(signal, "done");
        return Task.CompletedTask;
    }

    public Task<byte[]> EchoAsync(byte[] value) => Task.FromResult(value);

    public Task<byte[]> FillAsync(int length) => Task.FromResult(new byte[length]);

    public async IAsyncEnumerable<int> CountAsync(
        string signals, int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var i = 0; i < count; i++) yield return i;
            Signals.Set(signals, "counted");
            await Signals.WaitAsync(signals, "go").WaitAsync(cancellationToken);
        }
        finally
        {
            Signals.Set(signals, "disposed");
        }
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
