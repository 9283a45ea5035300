using System.Buffers.Binary;
using System.Data.Common;
using System.Text;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>A grain's key as OrleansStorage has it: two numbers and a string, with a hash over their bytes in reverse.</summary>
internal readonly record struct StorageKey
{
    private StorageKey(long n0, long n1, string? extension, int hash)
    {
        N0 = n0;
        N1 = n1;
        Extension = extension;
        Hash = hash;
    }

    public long N0 { get; }

    public long N1 { get; }

    public string? Extension { get; }

    public int Hash { get; }

    public static StorageKey Of(GrainId grainId)
    {
        Span<byte> number = stackalloc byte[16];
        if (grainId.TryGetGuidKey(out var guid, out var extension))
        {
            guid.TryWriteBytes(number);
            return New(
                BinaryPrimitives.ReadInt64LittleEndian(number), BinaryPrimitives.ReadInt64LittleEndian(number[8..]), extension, number);
        }

        if (grainId.TryGetIntegerKey(out var integer, out extension))
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, integer);
            return New(0, integer, extension, number[..8]);
        }

        return New(0, 0, grainId.Key.ToString(), []);
    }

    public static int HashOf(string grainType) => unchecked((int)XxHash32.Hash(Encoding.UTF8.GetBytes(grainType)));

    /// <summary>The parameters that name one state of one grain.</summary>
    public DbCommand Bind(DbCommand command, string grainType, string serviceId) => command
        .With("GrainIdHash", Hash).With("GrainIdN0", (long?)N0).With("GrainIdN1", (long?)N1)
        .With("GrainTypeHash", HashOf(grainType)).With("GrainTypeString", grainType)
        .With("GrainIdExtensionString", Extension).With("ServiceId", serviceId);

    private static StorageKey New(long n0, long n1, string? extension, ReadOnlySpan<byte> number)
    {
        byte[] bytes = [.. number, .. Encoding.UTF8.GetBytes(extension ?? "")];
        Array.Reverse(bytes);
        return new StorageKey(n0, n1, extension, unchecked((int)XxHash32.Hash(bytes)));
    }
}
