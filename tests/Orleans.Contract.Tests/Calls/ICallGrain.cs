using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Contract.Tests.Calls;

[Alias("contract.call")]
internal interface ICallGrain : IGrainWithStringKey
{
    Task ThrowAsync(string message);

    ValueTask<int> ThrowAtOnceAsync(string message);

    [ResponseTimeout("00:00:00.300")]
    Task WaitForAsync(string signal);

    Task WaitForTokenAsync(CancellationToken cancellationToken);

    Task WaitWithoutTimeoutAsync(string signal, CancellationToken cancellationToken);

    [OneWay]
    Task ForgetAsync(string signal);

    Task<string?> ContextAsync(string key);

    Task<string?> ContextOfNextAsync(string next, string key);

    Task<string?> ContextAtActivationAsync();

    Task SetContextAsync(string key, string value);

    Task<string?> TraceIdAsync();

    Task<int> KeepAsync(List<int> values);

    Task<int> KeptCountAsync();

    Task<List<int>> LendAsync();

    ValueTask<Sealed> EchoAsync(Sealed value);

    ValueTask<Open> EchoOpenAsync(Open value);

    Task<bool> AreTheSameAsync(Pair pair);

    Task PassAsync(Unknown value);

    Task<Immutable<byte[]>> EchoBytesAsync(Immutable<byte[]> value);

    Task<ImmutableArray<string>> EchoArrayAsync(ImmutableArray<string> values);

    Task<int?> NothingAsync();

    Task<ICallGrain> SelfAsync();

    Task<string> KeyOfAsync(ICallGrain other);
}
