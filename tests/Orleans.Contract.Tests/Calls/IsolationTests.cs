using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace Orleans.Contract.Tests.Calls;

public sealed class IsolationTests(SiloFixture silo)
{
    private ICallGrain Grain { get; } = silo.Grains.GetGrain<ICallGrain>(SiloFixture.NewKey());

    [Fact]
    public async Task What_the_caller_changes_in_an_argument_later_does_not_reach_the_grain()
    {
        List<int> values = [1, 2];
        await Grain.KeepAsync(values);
        values.Add(3);
        Assert.Equal(2, await Grain.KeptCountAsync());
    }

    [Fact]
    public async Task What_the_caller_changes_in_a_result_does_not_reach_the_grain()
    {
        await Grain.KeepAsync([1, 2]);
        (await Grain.LendAsync()).Add(3);
        Assert.Equal(2, await Grain.KeptCountAsync());
    }

    [Fact]
    public async Task A_type_that_is_not_immutable_is_copied_with_everything_below_it()
    {
        var value = new Open
        {
            Name = "outer", Data = [1, 2, 3], Numbers = { ["a"] = [1] }, Inner = new Open { Name = "inner" }, Tuple = (1, ["x"])
        };
        var copy = await Grain.EchoOpenAsync(value);

        Assert.NotSame(value, copy);
        Assert.Equal("outer", copy.Name);
        Assert.NotSame(value.Data, copy.Data);
        Assert.Equal(value.Data, copy.Data);
        Assert.NotSame(value.Numbers["a"], copy.Numbers["a"]);
        Assert.Equal([1], copy.Numbers["a"]);
        Assert.NotSame(value.Inner, copy.Inner);
        Assert.Equal("inner", copy.Inner!.Name);
        Assert.NotSame(value.Tuple.Item2, copy.Tuple.Item2);
        Assert.Equal(["x"], copy.Tuple.Item2);
    }

    [Fact]
    public async Task An_immutable_record_crosses_without_a_copy()
    {
        var value = new Sealed("name", [1, 2, 3]);
        Assert.Same(value, await Grain.EchoAsync(value));
    }

    [Fact]
    public async Task A_value_wrapped_in_Immutable_crosses_without_a_copy()
    {
        byte[] value = [1, 2, 3];
        Assert.Same(value, (await Grain.EchoBytesAsync(value.AsImmutable())).Value);
    }

    [Fact]
    public async Task An_ImmutableArray_crosses()
    {
        ImmutableArray<string> values = ["a", "b"];
        Assert.Equal(values, await Grain.EchoArrayAsync(values));
    }

    [Fact]
    public async Task An_object_referred_to_twice_is_one_object_at_the_grain()
    {
        var shared = new Open();
        Assert.True(await Grain.AreTheSameAsync(new Pair { Left = shared, Right = shared }));
        Assert.False(await Grain.AreTheSameAsync(new Pair { Left = shared, Right = new Open() }));
    }

    [Fact]
    public async Task An_object_that_contains_itself_crosses()
    {
        var loop = new Open { Name = "loop" };
        loop.Inner = loop;
        var copy = await Grain.EchoOpenAsync(loop);
        Assert.NotSame(loop, copy);
        Assert.Same(copy, copy.Inner);
    }

    [Fact]
    public async Task A_type_without_a_serializer_is_refused() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(async () => await Grain.PassAsync(new Unknown()));
}
