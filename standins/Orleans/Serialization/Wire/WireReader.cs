using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Orleans.References;

namespace Orleans.Serialization.Wire;

/// <summary>
/// Reads one message. Whatever the bytes are, it ends with a value or a SerializerException: nothing is allocated on
/// the word of a length, and nothing nests deeper than the limit.
/// </summary>
internal ref partial struct WireReader
{
    private const int MaxVarIntLength = 10;

    private readonly ReadOnlySequence<byte> _input;
    private readonly long _length;
    private ReadOnlySpan<byte> _span;
    private SequencePosition _next;
    private int _index;
    private long _before;
    private int _depth;
    private ReadObjects? _objects;

    public WireReader(ReadOnlySequence<byte> input, ReferenceFactory? references = null) : this(input, references, 0)
    {
    }

    /// <summary>For a message within a message, which may not nest any deeper than that one.</summary>
    public WireReader(ReadOnlySequence<byte> input, ReferenceFactory? references, int depth)
    {
        _input = input;
        _length = input.Length;
        _span = input.FirstSpan;
        _next = input.IsSingleSegment ? input.End : input.GetPosition(_span.Length);
        _depth = depth;
        References = references;
    }

    /// <summary>Makes the grain references in the message callable; null where there can be none.</summary>
    public ReferenceFactory? References { get; }

    /// <summary>The form of the member that NextMember met.</summary>
    public WireType MemberType { get; private set; }

    /// <summary>
    /// At the end of a level: members with lower ids are known to the writer, so one that is absent has its type's
    /// default.
    /// </summary>
    public ulong KnownMembers { get; private set; }

    /// <summary>At the end of a level: no level of a derived class follows.</summary>
    public bool IsLastLevel { get; private set; }

    public readonly int Depth => _depth;

    public readonly long Position => _before + _index;

    public readonly long Remaining => _length - Position;

    public byte ReadByte()
    {
        if (_index == _span.Length) MoveNext();
        return _span[_index++];
    }

    public bool ReadBool() => ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw Corrupt("a truth value is neither 0 nor 1")
    };

    public ulong ReadVarUInt()
    {
        if (_index < _span.Length && _span[_index] < 0x80) return _span[_index++];

        return ReadLongVarUInt();
    }

    public long ReadVarInt()
    {
        var value = ReadVarUInt();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int ReadVarInt32()
    {
        var value = ReadVarInt();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Corrupt("a number does not fit 32 bits");
    }

    public uint ReadVarUInt32()
    {
        var value = ReadVarUInt();
        return value <= uint.MaxValue ? (uint)value : throw Corrupt("a number does not fit 32 bits");
    }

    public ushort ReadFixed16() => (ushort)(ReadByte() | (ReadByte() << 8));

    public uint ReadFixed32()
    {
        if (_span.Length - _index < sizeof(uint)) return ReadSplitFixed32();

        var value = BinaryPrimitives.ReadUInt32LittleEndian(_span[_index..]);
        _index += sizeof(uint);
        return value;
    }

    public ulong ReadFixed64()
    {
        if (_span.Length - _index < sizeof(ulong)) return ReadSplitFixed64();

        var value = BinaryPrimitives.ReadUInt64LittleEndian(_span[_index..]);
        _index += sizeof(ulong);
        return value;
    }

    /// <summary>The length that starts a Bytes value, checked against what is left; -1 for null.</summary>
    public int ReadLength()
    {
        var count = ReadVarUInt();
        if (count == 0) return -1;

        return count - 1 <= (ulong)Math.Min(Remaining, int.MaxValue) ? (int)(count - 1) : throw Truncated();
    }

    public byte[]? ReadBytes()
    {
        var length = ReadLength();
        if (length <= 0) return length < 0 ? null : [];

        var value = GC.AllocateUninitializedArray<byte>(length);
        ReadRaw(value);
        return value;
    }

    public string? ReadString()
    {
        var length = ReadLength();
        if (length <= 0) return length < 0 ? null : "";
        if (_span.Length - _index < length) return ReadSplitString(length);

        var value = Encoding.UTF8.GetString(_span.Slice(_index, length));
        _index += length;
        return value;
    }

    public Guid ReadGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        ReadRaw(bytes);
        return new Guid(bytes);
    }

    /// <summary>How many elements follow; each takes a byte at least, so no more than there are bytes.</summary>
    public int ReadCount()
    {
        var count = ReadVarUInt();
        return count <= (ulong)Math.Min(Remaining, int.MaxValue) ? (int)count : throw Truncated();
    }

    public void Enter()
    {
        if (++_depth > WireLimits.MaxDepth) throw Corrupt($"it nests deeper than {WireLimits.MaxDepth} levels");
    }

    public void Leave() => _depth--;

    public static SerializerException Corrupt(string reason, Exception? cause = null) => new($"The message cannot be read: {reason}.", cause!);

    private static SerializerException Truncated() => Corrupt("it ends early");
}
