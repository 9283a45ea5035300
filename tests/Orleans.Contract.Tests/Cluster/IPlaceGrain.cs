using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>A grain that says where it is.</summary>
[Alias("contract.place")]
internal interface IPlaceGrain : IGrainWithStringKey
{
    ValueTask<SiloAddress> WhereAsync();

    ValueTask<Guid> ActivationAsync();

    ValueTask<int> AddAsync(int value);

    Task<SiloAddress> WhereIsAsync(string other);

    Task<string> ThrowAsync(string message);

    Task<string?> ContextAsync(string key);

    Task WaitAsync(string signal, CancellationToken cancellationToken);

    [ResponseTimeout("00:00:00.300")]
    Task WaitShortlyAsync(string signal);

    [Concurrency.OneWay]
    Task SignalAsync(string signal);

    Task<byte[]> EchoAsync(byte[] value);

    Task<byte[]> FillAsync(int length);

    IAsyncEnumerable<int> CountAsync(string signals, int count, CancellationToken cancellationToken = default);

    Task LeaveAsync();
}
