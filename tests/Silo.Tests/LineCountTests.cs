using Actors.Silo.Queue;

namespace Actors.Silo.Tests;

/// <summary>A line of a hundred thousand takes tens of milliseconds to count: once for all who ask, and not while they wait.</summary>
public sealed class LineCountTests
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly List<TaskCompletionSource<long>> _counts = [];

    [Fact]
    public async Task Those_who_ask_at_once_have_one_count_made()
    {
        var line = Line();

        var asked = Enumerable.Range(0, 64).Select(_ => line.ReadAsync(1000).AsTask()).ToList();
        Assert.Single(_counts).SetResult(7);

        Assert.All(await Task.WhenAll(asked), value => Assert.Equal(7, value));
    }

    [Fact]
    public async Task A_count_that_ages_is_made_anew_while_nobody_waits()
    {
        var line = Line();
        await CountedAsync(line, 7);
        line.Add();
        _time.Advance(Age * 0.6);

        Assert.Equal(8, await line.ReadAsync(1000));
        Assert.Equal(8, await line.ReadAsync(1000));

        Assert.Equal(2, _counts.Count);
        _counts[1].SetResult(20);
        Assert.Equal(20, await line.ReadAsync(1000));
    }

    [Fact]
    public async Task A_count_that_is_too_old_is_waited_for()
    {
        var line = Line();
        await CountedAsync(line, 7);
        _time.Advance(Age);

        var asked = line.ReadAsync(1000).AsTask();

        Assert.False(asked.IsCompleted);
        _counts[1].SetResult(3);
        Assert.Equal(3, await asked);
    }

    [Fact]
    public async Task A_full_line_is_counted_anew_before_it_is_said_to_be_full()
    {
        var line = Line();
        await CountedAsync(line, 9);
        line.Add();
        _time.Advance(TimeSpan.FromSeconds(1));

        var asked = line.ReadAsync(10).AsTask();

        Assert.False(asked.IsCompleted);
        _counts[1].SetResult(4);
        Assert.Equal(4, await asked);
    }

    [Fact]
    public async Task A_count_that_took_long_does_for_twenty_times_as_long()
    {
        var line = Line();
        var first = line.ReadAsync(1000).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));
        _counts[0].SetResult(7);
        await first;
        _time.Advance(TimeSpan.FromSeconds(19));

        Assert.Equal(7, await line.ReadAsync(1000));
        Assert.Single(_counts);
    }

    [Fact]
    public async Task A_count_that_fails_is_made_again_by_the_next_who_asks()
    {
        var line = Line();
        var first = line.ReadAsync(1000).AsTask();
        _counts[0].SetException(new InvalidOperationException("away"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);

        await CountedAsync(line, 5);
    }

    private LineCount Line() => new(CountAsync, Age, _time);

    private Task<long> CountAsync(long most)
    {
        var count = new TaskCompletionSource<long>();
        _counts.Add(count);
        return count.Task;
    }

    private async Task CountedAsync(LineCount line, long value)
    {
        var asked = line.ReadAsync(1000).AsTask();
        _counts[^1].SetResult(value);
        Assert.Equal(value, await asked);
    }
}
