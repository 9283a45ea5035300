using System.Threading.Channels;
using Actors.Storage.Postgres;
using Xunit;

namespace Actors.Storage.Tests.Postgres;

/// <summary>A batch of each loop, so many that none is small without need.</summary>
public sealed class BatchQueueTests
{
    private const int Crowd = 8;

    private readonly Channel<Batch> _batches = Channel.CreateUnbounded<Batch>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_loop_takes_a_batch_only_once_many_items_wait()
    {
        await using var queue = new BatchQueue<int>(100, Crowd, loopCount: 2, LoopAsync);
        await queue.AddAsync(0, Cancellation);
        var first = await _batches.Reader.ReadAsync(Cancellation);

        for (var item = 1; item <= Crowd; item++) await queue.AddAsync(item, Cancellation);

        // Had it joined in earlier it would have fewer.
        var second = await _batches.Reader.ReadAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, Crowd), second.Items);
        first.Done.SetResult();
        second.Done.SetResult();
    }

    [Fact]
    public async Task Fewer_items_wait_for_the_first_loop_and_are_one_batch()
    {
        await using var queue = new BatchQueue<int>(100, Crowd, loopCount: 2, LoopAsync);
        await queue.AddAsync(0, Cancellation);
        var first = await _batches.Reader.ReadAsync(Cancellation);
        for (var item = 1; item < Crowd; item++) await queue.AddAsync(item, Cancellation);

        first.Done.SetResult();

        var next = await _batches.Reader.ReadAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, Crowd - 1), next.Items);
        next.Done.SetResult();
    }

    [Fact]
    public async Task What_was_added_before_the_end_is_handled_and_all_loops_end()
    {
        var handled = 0;
        var queue = new BatchQueue<int>(100, Crowd, loopCount: 3, async reader =>
        {
            while (await reader.WaitToReadAsync(Cancellation))
            {
                while (reader.TryRead(out _)) Interlocked.Increment(ref handled);
            }
        });
        for (var item = 0; item < 50; item++) await queue.AddAsync(item, Cancellation);

        await queue.DisposeAsync();

        Assert.Equal(50, handled);
    }

    private async Task LoopAsync(ChannelReader<int> reader)
    {
        while (await reader.WaitToReadAsync(Cancellation))
        {
            var batch = new Batch([], new TaskCompletionSource());
            while (reader.TryRead(out var item)) batch.Items.Add(item);
            if (batch.Items.Count == 0) continue;
            await _batches.Writer.WriteAsync(batch, Cancellation);
            await batch.Done.Task;
        }
    }

    private sealed record Batch(List<int> Items, TaskCompletionSource Done);
}
