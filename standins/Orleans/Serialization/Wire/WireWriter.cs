using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Orleans.Serialization.Wire;

/// <summary>
/// Writes one message into a buffer. Nothing is in the buffer for certain before <see cref="Commit"/>. The reader of
/// the message reads with one WireReader, in the same order.
/// </summary>
internal ref partial struct WireWriter
{
    private const int MaxVarIntLength = 10;
    private const int MaxCharsWithOneByteLength = 42;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _used;
    private int _depth;
    private WrittenObjects? _objects;

    public WireWriter(IBufferWriter<byte> output) : this(output, 0)
    {
    }

    /// <summary>For a message within a message, which may not nest any deeper than that one.</summary>
    public WireWriter(IBufferWriter<byte> output, int depth)
    {
        _output = output;
        _depth = depth;
        _span = output.GetSpan();
    }

    public readonly int Depth => _depth;

    /// <summary>Hands what was written to the buffer. The writer may be used on after it, for the same message.</summary>
    public void Commit()
    {
        Flush();
        _objects?.Return();
        _objects = null;
    }

    public void WriteByte(byte value)
    {
        if (_used == _span.Length) Grow(1);
        _span[_used++] = value;
    }

    public void WriteBool(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    public void WriteVarUInt(ulong value)
    {
        if (value < 0x80 && _used < _span.Length)
        {
            _span[_used++] = (byte)value;
            return;
        }

        WriteLongVarUInt(value);
    }

    public void WriteVarInt(long value) => WriteVarUInt((ulong)((value << 1) ^ (value >> 63)));

    public void WriteFixed16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Reserve(sizeof(ushort)), value);
        _used += sizeof(ushort);
    }

    public void WriteFixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);
        _used += sizeof(uint);
    }

    public void WriteFixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);
        _used += sizeof(ulong);
    }

    /// <summary>The length that starts a Bytes value, whose bytes the caller writes next.</summary>
    public void WriteLength(int byteCount) => WriteVarUInt((ulong)byteCount + 1);

    public void WriteBytes(scoped ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length);
        WriteRaw(value);
    }

    public void WriteBytes(byte[]? value)
    {
        if (value is null) WriteByte(0);
        else WriteBytes(value.AsSpan());
    }

    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteByte(0);
        }
        else if (value.Length <= MaxCharsWithOneByteLength)
        {
            // UTF-8 takes three bytes for a char at most, so the length fits the one byte before it.
            var room = Reserve(1 + (value.Length * 3));
            var count = Encoding.UTF8.GetBytes(value, room[1..]);
            room[0] = (byte)(count + 1);
            _used += count + 1;
        }
        else
        {
            var count = Encoding.UTF8.GetByteCount(value);
            WriteLength(count);
            Encoding.UTF8.GetBytes(value, Reserve(count));
            _used += count;
        }
    }

    public void WriteGuid(Guid value)
    {
        value.TryWriteBytes(Reserve(16));
        _used += 16;
    }

    /// <summary>Bytes without a length.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length <= _span.Length - _used)
        {
            value.CopyTo(_span[_used..]);
            _used += value.Length;
            return;
        }

        Flush();
        _output.Write(value);
        _span = _output.GetSpan();
    }

    public void Enter()
    {
        if (++_depth > WireLimits.MaxDepth) throw new SerializerException($"The value nests deeper than {WireLimits.MaxDepth} levels.");
    }

    public void Leave() => _depth--;

    /// <summary>True when the object was written before, and a reference to it has been written now.</summary>
    public bool WriteReference(object value)
    {
        var known = (_objects ??= WrittenObjects.Rent()).FindOrAdd(value);
        if (known < 0) return false;

        WriteByte(WireHead.Reference);
        WriteVarUInt((ulong)known);
        return true;
    }

    public void WriteType(Codec codec)
    {
        if (codec.WellKnownCode != 0)
        {
            WriteByte(codec.WellKnownCode);
            return;
        }

        var known = (_objects ??= WrittenObjects.Rent()).FindOrAddType(codec);
        if (known >= 0)
        {
            WriteVarUInt((ulong)known + WellKnownTypes.Limit);
            return;
        }

        WriteByte(0);
        WriteBytes(codec.TypeName);
    }

    private Span<byte> Reserve(int count)
    {
        if (_span.Length - _used < count) Grow(count);
        return _span[_used..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        Flush();
        _span = _output.GetSpan(count);
    }

    private void Flush()
    {
        if (_used > 0) _output.Advance(_used);
        _used = 0;
        _span = default;
    }

    private void WriteLongVarUInt(ulong value)
    {
        var room = Reserve(MaxVarIntLength);
        var length = 0;
        while (value >= 0x80)
        {
            room[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[length++] = (byte)value;
        _used += length;
    }
}
