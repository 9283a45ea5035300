using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Orleans.Serialization.Wire;

/// <summary>Bytes that may lie across the segments of the message.</summary>
internal ref partial struct WireReader
{
    public void ReadRaw(scoped Span<byte> destination)
    {
        while (true)
        {
            var here = Math.Min(_span.Length - _index, destination.Length);
            _span.Slice(_index, here).CopyTo(destination);
            _index += here;
            destination = destination[here..];
            if (destination.IsEmpty) return;

            MoveNext();
        }
    }

    /// <summary>The next bytes where they are, or a copy of them when they lie across two segments.</summary>
    public ReadOnlySpan<byte> ReadSpan(int length)
    {
        if (_span.Length - _index >= length)
        {
            var here = _span.Slice(_index, length);
            _index += length;
            return here;
        }

        if (length > Remaining) throw Truncated();
        var copy = new byte[length];
        ReadRaw(copy);
        return copy;
    }

    private void SkipBytes(int count)
    {
        if (count > Remaining) throw Truncated();
        if (_span.Length - _index >= count) _index += count;
        else MoveTo(Position + count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveNext()
    {
        while (_input.TryGet(ref _next, out var segment))
        {
            if (segment.IsEmpty) continue;
            _before += _span.Length;
            _span = segment.Span;
            _index = 0;
            return;
        }

        throw Truncated();
    }

    private void MoveTo(long position)
    {
        _span = default;
        _index = 0;
        _before = position;
        _next = _input.GetPosition(position);
    }

    private ulong ReadLongVarUInt()
    {
        var value = 0UL;
        for (var i = 0; i < MaxVarIntLength; i++)
        {
            var next = ReadByte();
            if (i == MaxVarIntLength - 1 && next > 1) break;
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80) return value;
        }

        throw Corrupt("a number is longer than 64 bits");
    }

    private uint ReadSplitFixed32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        ReadRaw(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private ulong ReadSplitFixed64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ReadRaw(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private string ReadSplitString(int length)
    {
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            ReadRaw(rented.AsSpan(0, length));
            return Encoding.UTF8.GetString(rented, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
