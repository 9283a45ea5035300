using System.Buffers;
using System.Buffers.Binary;

namespace Orleans.Connections;

/// <summary>Cuts frames out of what a peer has sent.</summary>
internal static class FrameReader
{
    /// <summary>
    /// Takes the next whole frame off the buffer. False: more bytes are needed. A length over the limit, or a message
    /// that is not what its checksum says, throws: nothing after it on this connection can be trusted.
    /// </summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxLength, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < Frame.HeaderLength) return false;

        Span<byte> header = stackalloc byte[Frame.HeaderLength];
        buffer.Slice(0, Frame.HeaderLength).CopyTo(header);
        // Checked before the length is believed: one that grew by a flipped bit would wait for bytes that never come.
        if (Checksum.Of(header[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..])) throw new BrokenFrameException("the header of a frame does not match its checksum");
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > maxLength) throw new BrokenFrameException($"a frame claims {(uint)length} bytes; the limit is {maxLength}");
        if (buffer.Length < Frame.HeaderLength + (long)length) return false;

        message = buffer.Slice(Frame.HeaderLength, length);
        if (Checksum.Of(message) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
            throw new BrokenFrameException($"a frame of {length} bytes does not match its checksum");
        buffer = buffer.Slice(message.End);
        return true;
    }
}
