using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Contract.Tests.Calls;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Wire;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>What may be passed to a grain arrives in another process as it was.</summary>
public sealed class RoundTripTests(SiloFixture silo)
{
    private const int Seeds = 300;

    [Fact]
    public void A_value_of_every_kind_arrives_as_it_was()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var value = new RandomValues(seed).Everything();
            var expected = Structure.Of(value);
            Assert.Equal(expected, Structure.Of(WireFormat.RoundTrip(value)));
            Assert.Equal(expected, Structure.Of(WireFormat.RoundTrip<object>(value)));
            Assert.Equal(expected, Structure.Of(DeepCopy.Copy(value)));
        }
    }

    [Fact]
    public void A_value_can_be_passed_over_by_who_does_not_know_it()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var message = WireFormat.Write(new RandomValues(seed).Everything());
            foreach (var piece in (int[])[1, 5, message.Length])
            {
                var reader = new WireReader(WireFormat.Cut(message, piece));
                reader.Skip(WireType.Extended);
                Assert.Equal(0, reader.Remaining);
            }
        }
    }

    [Fact]
    public void An_object_referred_to_twice_is_one_object()
    {
        var shared = new Open { Name = "shared" };
        var copy = WireFormat.RoundTrip(new Pair { Left = shared, Right = shared });
        Assert.Same(copy.Left, copy.Right);
        var list = WireFormat.RoundTrip(new List<Open> { shared, new(), shared });
        Assert.Same(list[0], list[2]);
        Assert.NotSame(list[0], list[1]);
    }

    [Fact]
    public void Many_shared_objects_keep_their_identity()
    {
        var animals = Enumerable.Range(0, 2_000).Select(i => new Animal { Name = $"{i}" }).ToArray();
        var copy = WireFormat.RoundTrip(animals.Concat(animals.Reverse()).ToArray());
        for (var i = 0; i < animals.Length; i++) Assert.Same(copy[i], copy[^(i + 1)]);
    }

    [Fact]
    public void What_contains_itself_arrives()
    {
        var loop = new Animal();
        loop.Friend = new Dog { Friend = loop };
        var animal = WireFormat.RoundTrip(loop);
        Assert.Same(animal, animal.Friend!.Friend);

        var array = new object[2];
        array[0] = array;
        var copy = WireFormat.RoundTrip(array);
        Assert.Same(copy, copy[0]);

        var node = new Node { Name = "immutable" };
        node.Left = node;
        var same = WireFormat.RoundTrip(node);
        Assert.Same(same, same.Left);
    }

    [Fact]
    public void An_array_of_a_derived_type_arrives_as_one() =>
        Assert.Equal(typeof(string[]), WireFormat.RoundTrip<object[]>(Enumerable.Repeat("a", 1).ToArray()).GetType());

    [Fact]
    public void A_dictionary_keeps_its_comparer_even_when_it_is_empty()
    {
        Assert.True(WireFormat.RoundTrip(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 }).ContainsKey("a"));
        Assert.Same(StringComparer.OrdinalIgnoreCase, WireFormat.RoundTrip(new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Comparer);
        Assert.Same(StringComparer.Ordinal, WireFormat.RoundTrip(ImmutableDictionary.Create<string, int>(StringComparer.Ordinal)).KeyComparer);
        Assert.Same(StringComparer.Ordinal, WireFormat.RoundTrip(new SortedDictionary<string, int>(StringComparer.Ordinal)).Comparer);
        Assert.Same(EqualityComparer<Guid>.Default, WireFormat.RoundTrip(new HashSet<Guid> { Guid.NewGuid() }).Comparer);
    }

    [Fact]
    public void A_comparer_of_the_applications_own_is_refused() =>
        Assert.Throws<CodecNotFoundException>(() => WireFormat.Write(new HashSet<string>(new OwnComparer())));

    [Fact]
    public void A_collection_expression_behind_an_interface_arrives_as_a_list()
    {
        IReadOnlyList<int> values = [1, 2, 3];
        Assert.Equal(values, WireFormat.RoundTrip(values));
        IReadOnlyList<string> one = ["a"];
        Assert.Equal(one, WireFormat.RoundTrip(one));
    }

    [Fact]
    public void A_grain_reference_arrives_callable()
    {
        var references = silo.Services.GetRequiredService<ReferenceFactory>();
        var key = SiloFixture.NewKey();
        var grain = silo.Grains.GetGrain<ICallGrain>(key);
        var message = new System.Buffers.ReadOnlySequence<byte>(WireFormat.Write(grain));
        Assert.Equal(grain, WireFormat.Read<ICallGrain>(message, references));
        Assert.Equal(key, WireFormat.Read<ICallGrain>(message, references).GetPrimaryKeyString());

        var loose = WireFormat.Read<object>(new System.Buffers.ReadOnlySequence<byte>(WireFormat.Write<object>(grain)), references);
        Assert.IsAssignableFrom<ICallGrain>(loose);
        Assert.Throws<SerializerException>(() => WireFormat.Read<ICallGrain>(message));
    }

    [Fact]
    public async Task A_reference_that_arrived_can_be_called()
    {
        var references = silo.Services.GetRequiredService<ReferenceFactory>();
        var message = new System.Buffers.ReadOnlySequence<byte>(WireFormat.Write(silo.Grains.GetGrain<ICallGrain>(SiloFixture.NewKey())));
        var grain = WireFormat.Read<ICallGrain>(message, references);
        Assert.Equal(["a"], await grain.EchoArrayAsync(["a"]));
    }

    [Fact]
    public void A_request_context_arrives()
    {
        Dictionary<string, object> values = new()
        {
            ["text"] = "value", ["#CCR"] = Guid.NewGuid(), ["silo"] = SiloAddress.New(IPAddress.Loopback, 1, 2), ["list"] = new List<int> { 1, 2 }
        };
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        WireRequestContext.Write(ref writer, values);
        WireRequestContext.Write(ref writer, null);
        writer.Commit();
        var reader = new WireReader(new System.Buffers.ReadOnlySequence<byte>(buffer.WrittenMemory));
        Assert.Equal(values, WireRequestContext.Read(ref reader));
        Assert.Null(WireRequestContext.Read(ref reader));
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Writing_an_immutable_value_allocates_nothing()
    {
        const int Count = 1_000;
        var value = new Sealed("name", new byte[100]);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        Write(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(Count);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Write(int count)
        {
            for (var i = 0; i < count; i++)
            {
                buffer.ResetWrittenCount();
                var writer = new WireWriter(buffer);
                Codec<Sealed>.Instance.Write(ref writer, value);
                writer.Commit();
            }
        }
    }

    [Fact]
    public void What_a_copy_refuses_is_refused()
    {
        AssertRefused(new Unknown());
        AssertRefused(new Forgetful("x"));
        AssertRefused(new Careless(new Unknown()));
        AssertRefused<object>(System.Text.Json.JsonElement.Parse("{}"));
        AssertRefused<object>(new LinkedList<int>());
        AssertRefused(new int[2, 2]);
        AssertRefused<object>(() => { });
        AssertRefused(new object());
    }

    private static void AssertRefused<T>(T value)
    {
        Assert.Throws<CodecNotFoundException>(() => DeepCopy.Copy(value));
        Assert.Throws<CodecNotFoundException>(() => WireFormat.Write(value));
    }

    private sealed class OwnComparer : EqualityComparer<string>
    {
        public override bool Equals(string? x, string? y) => x == y;

        public override int GetHashCode(string obj) => obj.Length;
    }
}
