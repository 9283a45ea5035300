using Orleans.Configuration;
using Orleans.Contract.Tests.Calls;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Streams;

public sealed class StreamTests(SiloFixture silo)
{
    private readonly string _key = SiloFixture.NewKey();

    private IStreamGrain Grain => silo.Grains.GetGrain<IStreamGrain>(_key);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Every_element_arrives_once_and_in_order(int count)
    {
        List<int> seen = [];
        await foreach (var item in Grain.CountAsync(count)) seen.Add(item);
        Assert.Equal(Enumerable.Range(0, count), seen);
    }

    [Fact]
    public async Task Every_element_arrives_whatever_the_batch_size()
    {
        List<int> seen = [];
        await foreach (var item in Grain.CountAsync(100).WithBatchSize(3)) seen.Add(item);
        Assert.Equal(Enumerable.Range(0, 100), seen);
    }

    [Fact]
    public async Task A_caller_that_stops_early_disposes_the_grains_iterator()
    {
        await foreach (var item in Grain.CountAsync(int.MaxValue))
            if (item == 5) break;

        await Signals.WaitAsync(_key, "disposed");
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_the_grains_iterator()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Grain.WatchAsync("watch", cancellation.Token)) await cancellation.CancelAsync();
        });
        await Signals.WaitAsync(_key, "disposed");
    }

    [Fact]
    public async Task WithCancellation_cancels_as_an_argument_does()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Grain.WatchAsync("watch").WithCancellation(cancellation.Token)) await cancellation.CancelAsync();
        });
        await Signals.WaitAsync(_key, "disposed");
    }

    [Fact]
    public async Task What_the_iterator_throws_arrives_after_the_elements_before_it()
    {
        List<int> seen = [];
        var exception = await Assert.ThrowsAsync<KeyNotFoundException>(async () =>
        {
            await foreach (var item in Grain.CountThenThrowAsync(5)) seen.Add(item);
        });
        Assert.Equal("after the last", exception.Message);
        Assert.Equal([0, 1, 2, 3, 4], seen);
    }

    [Fact]
    public async Task An_open_stream_does_not_block_the_grain()
    {
        using var cancellation = new CancellationTokenSource();
        await using var watching = Grain.WatchAsync("watch", cancellation.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal("watch first", watching.Current);
        var next = watching.MoveNextAsync().AsTask();

        Assert.Equal(42, await Grain.CallAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task One_streaming_call_can_be_enumerated_again()
    {
        var call = Grain.CountAsync(3);
        for (var round = 0; round < 2; round++)
        {
            List<int> seen = [];
            await foreach (var item in call) seen.Add(item);
            Assert.Equal([0, 1, 2], seen);
        }
    }

    [Fact]
    public async Task A_stream_whose_caller_does_not_come_back_is_ended()
    {
        await using var hasty = await TestSilo.StartAsync(builder =>
            builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(500)));
        var grain = hasty.Grains.GetGrain<IStreamGrain>(_key);
        // Read once, and neither read on nor disposed of, as by a process that died.
        var forgotten = grain.WatchAsync("watch").GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await forgotten.MoveNextAsync());

        await Signals.WaitAsync(_key, "disposed");

        await Assert.ThrowsAsync<EnumerationAbortedException>(async () => await forgotten.MoveNextAsync());
    }

    [Fact]
    public async Task A_stream_outlives_the_response_timeout_and_is_aborted_when_its_activation_ends()
    {
        await using var hasty = await TestSilo.StartAsync(builder =>
            builder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(500)));
        var grain = hasty.Grains.GetGrain<IStreamGrain>(_key);
        await using var watching = grain.WatchAsync("watch").GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await watching.MoveNextAsync());
        var next = watching.MoveNextAsync().AsTask();
        // The time of two timeouts passes.
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<TimeoutException>(() =>
                hasty.Grains.GetGrain<ICallGrain>(_key).WaitWithoutTimeoutAsync("never", CancellationToken.None));
        Assert.False(next.IsCompleted);
        Signals.Set(_key, "never");

        await grain.DeactivateAsync();
        await Assert.ThrowsAsync<EnumerationAbortedException>(() => next);
    }
}
