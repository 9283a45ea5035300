using System.Buffers;
using System.Text;
using Orleans.Serialization;
using Orleans.Serialization.Wire;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Whatever the bytes are, reading ends with a value or a SerializerException, and costs no more than the message.</summary>
public sealed class HostileTests
{
    private const int Seeds = 4;

    // What a reader may allocate for each byte of a message, and for whatever the message is.
    private const int AllowedBytesPerByte = 512;
    private const int AllowedBytes = 256 * 1024;

    public static TheoryData<string> RefusedNames =>
    [
        "System.IO.FileInfo", "System.Diagnostics.Process", "contract.none", "Orleans.Contract.Tests.Calls.Unknown", "System.Object[]", "", "a<", "List<",
        "System.Collections.Generic.List`1<System.IO.FileInfo>", "System.Collections.Generic.List`1<System.Int32,System.Int32>", "System.Collections.Generic.List`1",
        "System.Collections.Generic.List`1[[System.Int32]]", "System.Text.Json.JsonElement", "System.Int32<System.Int32>", "System.Nullable`1<System.String>", "%", "%Z", "System.Int32[", "System.Int32&", "*",
        "System.Collections.Generic.List`1%D%DSystem.Int32, Missing.Assembly%E%E", "System.Collections.Generic.Dictionary`2<System.Int32>"
    ];

    [Fact]
    public void A_message_cut_short_is_refused_at_every_length()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var message = WireFormat.Write(new RandomValues(seed).Everything());
            for (var length = 0; length < message.Length; length++)
            {
                var part = message[..length];
                Assert.Throws<SerializerException>(() => Read(part));
            }
        }
    }

    [Fact]
    public void A_message_with_a_wrong_bit_is_read_or_refused()
    {
        var refusedCount = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var message = WireFormat.Write(new RandomValues(seed).Everything());
            for (var bit = 0; bit < message.Length * 8; bit++)
            {
                message[bit / 8] ^= (byte)(1 << (bit % 8));
                if (!IsRead(message)) refusedCount++;
                message[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        Assert.NotEqual(0, refusedCount);
    }

    [Fact]
    public void Noise_is_read_or_refused()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var message = new byte[random.Next(200)];
            random.NextBytes(message);
            IsRead(message);
        }
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_type_that_cannot_be_passed_is_refused_by_its_name(string name)
    {
        var message = Written((ref WireWriter writer) =>
        {
            writer.WriteByte(WireHead.Of(WireType.Object, remembered: false, typed: true));
            writer.WriteByte(0);
            writer.WriteBytes(Encoding.UTF8.GetBytes(name));
            writer.WriteEnd(0, isLastLevel: true);
        });
        Assert.ThrowsAny<SerializerException>(() => WireFormat.Read<object>(message));
    }

    [Fact]
    public void A_name_of_types_within_types_without_end_is_refused()
    {
        var name = string.Concat(Enumerable.Repeat("System.Collections.Generic.List`1<", 60)) + "System.Int32" + new string('>', 60);
        var arrays = "System.Int32" + string.Concat(Enumerable.Repeat("[]", 100));
        var tooLong = new string('a', WireLimits.MaxTypeNameLength + 1);
        Assert.Throws<SerializerException>(() => TypeNames.Resolve(Encoding.UTF8.GetBytes(name)));
        Assert.Throws<SerializerException>(() => TypeNames.Resolve(Encoding.UTF8.GetBytes(tooLong)));
        Assert.Throws<SerializerException>(() => TypeNames.Resolve(Encoding.UTF8.GetBytes(arrays)));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void A_count_that_the_message_cannot_hold_is_refused_before_anything_is_allocated(long count)
    {
        AssertCheaplyRefused<string>(Written((ref WireWriter writer) => writer.WriteVarUInt((ulong)count)));
        AssertCheaplyRefused<byte[]>(Written((ref WireWriter writer) => writer.WriteVarUInt((ulong)count)));
        AssertCheaplyRefused<List<long>>(Collection(count));
        AssertCheaplyRefused<decimal[]>(Collection(count));
        AssertCheaplyRefused<Dictionary<string, string>>(Collection(count));
        AssertCheaplyRefused<HashSet<Guid>>(Collection(count));
    }

    [Fact]
    public void A_value_that_nests_too_deep_is_refused_on_both_sides()
    {
        var animal = new Animal();
        for (var i = 0; i < WireLimits.MaxDepth; i++) animal = new Animal { Friend = animal };
        Assert.Throws<SerializerException>(() => WireFormat.Write(animal));
        Assert.NotNull(WireFormat.RoundTrip(animal.Friend));

        // A million objects, each the first member of the one before.
        byte[] level = [WireHead.Of(WireType.Object, remembered: false, typed: false), (1 << 3) | (byte)WireType.Extended];
        var message = Enumerable.Repeat(level, 1_000_000).SelectMany(bytes => bytes).ToArray();
        Assert.Throws<SerializerException>(() => WireFormat.Read<Animal>(message));
        Assert.Throws<SerializerException>(() =>
        {
            var reader = new WireReader(new ReadOnlySequence<byte>(message));
            reader.Skip(WireType.Extended);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(ulong.MaxValue)]
    public void A_reference_to_an_object_of_another_type_or_to_none_is_refused(ulong number)
    {
        var message = Written((ref WireWriter writer) =>
        {
            // A list whose only element is the list itself, or nothing that there was.
            writer.WriteByte(WireHead.Of(WireType.Collection, remembered: true, typed: false));
            writer.WriteVarUInt(1);
            writer.WriteByte(CollectionForm.Of(WireType.Extended).Code);
            writer.WriteByte(WireHead.Reference);
            writer.WriteVarUInt(number);
        });
        Assert.Throws<SerializerException>(() => WireFormat.Read<List<Animal>>(message));
        Assert.Throws<SerializerException>(() => WireFormat.Read<List<string>>(message));
    }

    private static byte[] Collection(long count) => Written((ref WireWriter writer) =>
    {
        writer.WriteByte(WireHead.Of(WireType.Collection, remembered: false, typed: false));
        writer.WriteVarUInt((ulong)count);
        writer.WriteByte(0);
    });

    private static void AssertCheaplyRefused<T>(byte[] message)
    {
        Assert.Throws<SerializerException>(() => WireFormat.Read<T>(message));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SerializerException>(() => WireFormat.Read<T>(message));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    private static bool IsRead(byte[] message)
    {
        var allowed = AllowedBytes + (AllowedBytesPerByte * (long)message.Length);
        // The first message of a type pays for its codec too, once.
        if (Allocated(message, out var isRead) > allowed)
            Assert.InRange(Allocated(message, out isRead), 0, allowed);
        return isRead;
    }

    private static long Allocated(byte[] message, out bool isRead)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        isRead = TryRead(message);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static bool TryRead(byte[] message)
    {
        try
        {
            Read(message);
            return true;
        }
        catch (SerializerException)
        {
            return false;
        }
    }

    private static Everything Read(byte[] message)
    {
        var reader = new WireReader(new ReadOnlySequence<byte>(message));
        return Codec<Everything>.Instance.Read(ref reader);
    }

    private delegate void Writing(ref WireWriter writer);

    private static byte[] Written(Writing write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        write(ref writer);
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }
}
