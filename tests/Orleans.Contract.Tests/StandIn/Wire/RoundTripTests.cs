using System.Collections.Immutable;
using Orleans.Contract.Tests.Calls;

namespace Orleans.Contract.Tests.StandIn.Wire;

public sealed class RoundTripTests
{
    [Fact]
    public void Smoke()
    {
        var open = new Open { Name = "x", Data = [1, 2], Numbers = new() { ["a"] = [1, 2] }, Tuple = (5, ["t"]) };
        open.Inner = open;
        var copy = WireFormat.RoundTrip(open);
        Assert.Equal("x", copy.Name);
        Assert.Same(copy, copy.Inner);
        Assert.Equal([1, 2], copy.Numbers["a"]);
        Assert.Equal((5, "t"), (copy.Tuple.Item1, copy.Tuple.Item2[0]));
        var pair = WireFormat.RoundTrip(new Pair { Left = open, Right = open });
        Assert.Same(pair.Left, pair.Right);
        Assert.Equal("n", WireFormat.RoundTrip(new Sealed("n", [3])).Name);
        Assert.Equal<object>(5, WireFormat.RoundTrip<object>(5));
        ImmutableArray<string> array = ["a", "b"];
        Assert.Equal(array, WireFormat.RoundTrip(array));
        Assert.Equal("boom", WireFormat.RoundTrip<Exception>(new InvalidOperationException("boom", new ArgumentException("p", "q"))).Message);
    }
}
