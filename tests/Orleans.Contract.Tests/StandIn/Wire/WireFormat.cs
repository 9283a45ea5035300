using System.Buffers;
using Orleans.References;
using Orleans.Serialization.Wire;

namespace Orleans.Contract.Tests.StandIn.Wire;

/// <summary>Writes a value as one message, and reads it again, also from a buffer cut into pieces.</summary>
internal static class WireFormat
{
    public static byte[] Write<T>(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        Codec<T>.Instance.Write(ref writer, value);
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }

    public static T Read<T>(ReadOnlySequence<byte> message, ReferenceFactory? references = null)
    {
        var reader = new WireReader(message, references);
        var value = Codec<T>.Instance.Read(ref reader);
        Assert.Equal(0, reader.Remaining);
        return value;
    }

    public static T Read<T>(byte[] message) => Read<T>(new ReadOnlySequence<byte>(message));

    public static T RoundTrip<T>(T value)
    {
        var message = Write(value);
        _ = Read<T>(Cut(message, 1));
        _ = Read<T>(Cut(message, 7));
        return Read<T>(message);
    }

    public static ReadOnlySequence<byte> Cut(byte[] message, int size)
    {
        Piece? first = null;
        Piece? last = null;
        for (var i = 0; i < message.Length; i += size)
        {
            last = new Piece(message.AsMemory(i, Math.Min(size, message.Length - i)), last);
            first ??= last;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null) return;

            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
