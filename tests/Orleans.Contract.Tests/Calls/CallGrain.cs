using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Calls;

internal sealed class CallGrain : Grain, ICallGrain
{
    private List<int> _kept = [];
    private string? _contextAtActivation;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _contextAtActivation = RequestContext.Get("activated-by") as string;
        return Task.CompletedTask;
    }

    public async Task ThrowAsync(string message)
    {
        await Task.Yield();
        throw new KeyNotFoundException(message);
    }

    public ValueTask<int> ThrowAtOnceAsync(string message) => throw new KeyNotFoundException(message);

    public async Task WaitForAsync(string signal)
    {
        Signals.Set(Key, signal + ".entered");
        await Signals.WaitAsync(Key, signal);
        Signals.Set(Key, signal + ".done");
    }

    public async Task WaitForTokenAsync(CancellationToken cancellationToken)
    {
        Signals.Set(Key, "entered");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Signals.Set(Key, "cancelled", cancellationToken.IsCancellationRequested);
        }
    }

    public async Task WaitWithoutTimeoutAsync(string signal, CancellationToken cancellationToken)
    {
        Signals.Add(Key, "started");
        Signals.Set(Key, signal + ".entered");
        await Signals.WaitAsync(Key, signal);
    }

    public async Task ForgetAsync(string signal)
    {
        await Signals.WaitAsync(Key, signal);
        Signals.Set(Key, signal + ".done");
        throw new InvalidOperationException("nobody hears this");
    }

    public async Task<string?> ContextAsync(string key)
    {
        await Task.Yield();
        return RequestContext.Get(key) as string;
    }

    public Task<string?> ContextOfNextAsync(string next, string key) => GrainFactory.GetGrain<ICallGrain>(next).ContextAsync(key);

    public Task<string?> ContextAtActivationAsync() => Task.FromResult(_contextAtActivation);

    // Not async on purpose: what it leaves in the context is the runtime's to clean up.
    public Task SetContextAsync(string key, string value)
    {
        RequestContext.Set(key, value);
        return Task.CompletedTask;
    }

    public Task<string?> TraceIdAsync() => Task.FromResult(Activity.Current?.TraceId.ToHexString());

    public Task<int> KeepAsync(List<int> values)
    {
        _kept = values;
        return KeptCountAsync();
    }

    public Task<int> KeptCountAsync() => Task.FromResult(_kept.Count);

    public Task<List<int>> LendAsync() => Task.FromResult(_kept);

    public ValueTask<Sealed> EchoAsync(Sealed value) => new(value);

    public ValueTask<Open> EchoOpenAsync(Open value) => new(value);

    public Task<bool> AreTheSameAsync(Pair pair) => Task.FromResult(ReferenceEquals(pair.Left, pair.Right));

    public Task PassAsync(Unknown value) => Task.CompletedTask;

    public Task<Immutable<byte[]>> EchoBytesAsync(Immutable<byte[]> value) => Task.FromResult(value);

    public Task<ImmutableArray<string>> EchoArrayAsync(ImmutableArray<string> values) => Task.FromResult(values);

    public Task<int?> NothingAsync() => Task.FromResult<int?>(null);

    public Task<ICallGrain> SelfAsync() => Task.FromResult(this.AsReference<ICallGrain>());

    public Task<string> KeyOfAsync(ICallGrain other) => Task.FromResult(other.GetPrimaryKeyString());
}
