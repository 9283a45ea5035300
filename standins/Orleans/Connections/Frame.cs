using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.ObjectPool;
using Orleans.Configuration;

namespace Orleans.Connections;

/// <summary>
/// One message on its way out, with room for the header before it. Whoever makes it sends it, which gives it away, or
/// disposes it.
/// </summary>
internal sealed class Frame : IBufferWriter<byte>, IDisposable
{
    /// <summary>Length of the message, its checksum, and the checksum of these two; 4 bytes each, little-endian.</summary>
    public const int HeaderLength = 12;

    private const int FirstSize = 512;
    private const int KeptSize = 16 * 1024;

    private static readonly ObjectPool<Frame> Spare = new DefaultObjectPool<Frame>(new Spares(), maximumRetained: 1024);

    private byte[] _buffer = new byte[FirstSize];
    private int _end = HeaderLength;
    private int _limit;

    private Frame()
    {
    }

    /// <summary>The bytes of the message so far.</summary>
    public int Length => _end - HeaderLength;

    /// <summary>Header and message.</summary>
    public int WireLength => _end;

    public ReadOnlySpan<byte> Message => _buffer.AsSpan(HeaderLength, Length);

    internal Frame? Next { get; set; }

    /// <param name="maxLength">A message that grows over it throws in the writer's hands, so that only its own call fails.</param>
    public static Frame Rent(int maxLength)
    {
        var frame = Spare.Get();
        frame._end = HeaderLength;
        frame._limit = maxLength;
        return frame;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
        _end += count;
        if (Length > _limit) throw TooLarge(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _buffer.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _buffer.AsSpan(_end);
    }

    /// <summary>The whole frame as it goes over the wire.</summary>
    public ReadOnlySpan<byte> Seal()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer, Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(4), Checksum.Of(Message));
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(8), Checksum.Of(_buffer.AsSpan(0, 8)));
        return _buffer.AsSpan(0, _end);
    }

    public void Dispose()
    {
        Next = null;
        if (_buffer.Length > KeptSize)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = new byte[FirstSize];
        }

        Spare.Return(this);
    }

    private void Ensure(int sizeHint)
    {
        var free = _buffer.Length - _end;
        if (free >= Math.Max(sizeHint, 1)) return;

        // Some slack over the limit: a writer may ask for more than it uses.
        if (sizeHint > _limit) throw TooLarge(sizeHint);
        var size = checked(Math.Max(_buffer.Length * 2, _end + sizeHint));
        var grown = size > KeptSize ? ArrayPool<byte>.Shared.Rent(size) : new byte[size];
        _buffer.AsSpan(0, _end).CopyTo(grown);
        if (_buffer.Length > KeptSize) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = grown;
    }

    private Runtime.OrleansException TooLarge(long length) =>
        new($"The message has at least {length} bytes; the limit is {_limit} ({nameof(MessagingOptions)}.{nameof(MessagingOptions.MaxMessageBodySize)}).");

    private sealed class Spares : PooledObjectPolicy<Frame>
    {
        public override Frame Create() => new();

        public override bool Return(Frame obj) => true;
    }
}
