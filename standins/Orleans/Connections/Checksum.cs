using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Orleans.Connections;

/// <summary>CRC-32C (Castagnoli), which processors compute.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(~0u, bytes);

    public static uint Of(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment) return Of(bytes.FirstSpan);

        var crc = ~0u;
        foreach (var segment in bytes) crc = Add(crc, segment.Span);
        return ~crc;
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
