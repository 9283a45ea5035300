using System.Buffers.Binary;
using System.Numerics;

namespace Orleans.AdoNet;

/// <summary>The hash in OrleansStorage's hash columns: xxHash, 32 bits, seed 0.</summary>
internal static class XxHash32
{
    private const uint Prime1 = 0x9E3779B1, Prime2 = 0x85EBCA77, Prime3 = 0xC2B2AE3D, Prime4 = 0x27D4EB2F, Prime5 = 0x165667B1;
    private const int StripeBytes = 16;

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        var length = (uint)data.Length;
        var hash = length >= StripeBytes ? Stripes(ref data) : Prime5;
        hash += length;
        for (; data.Length >= sizeof(uint); data = data[sizeof(uint)..])
            hash = BitOperations.RotateLeft(hash + Read(data) * Prime3, 17) * Prime4;
        foreach (var b in data) hash = BitOperations.RotateLeft(hash + b * Prime5, 11) * Prime1;
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Stripes(ref ReadOnlySpan<byte> data)
    {
        uint a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
        for (; data.Length >= StripeBytes; data = data[StripeBytes..])
        {
            a = Round(a, Read(data));
            b = Round(b, Read(data[4..]));
            c = Round(c, Read(data[8..]));
            d = Round(d, Read(data[12..]));
        }

        return BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
    }

    private static uint Round(uint lane, uint input) => BitOperations.RotateLeft(lane + input * Prime2, 13) * Prime1;

    private static uint Read(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32LittleEndian(data);
}
