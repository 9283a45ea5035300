using System.Buffers;

namespace Actors.Cli.Messages;

/// <summary>
/// Cuts a stream into lines, looking at each byte once. A line over the limit is not kept: its parts are shown to
/// <paramref name="overflow"/> as they pass, the part that was kept already first.
/// </summary>
internal sealed class ByteLines(Stream stream, int maxLineBytes, Action<ReadOnlyMemory<byte>> overflow) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;

    /// <summary>Without its end; good until the next read. Empty where the line was too long.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    public bool IsTooLong { get; private set; }

    /// <summary>False: the stream has ended. A last line without an end counts only if <paramref name="takeUnended"/>.</summary>
    public async ValueTask<bool> ReadAsync(bool takeUnended, CancellationToken cancellationToken)
    {
        (IsTooLong, Line) = (false, default);
        _line.ResetWrittenCount();
        while (true)
        {
            var found = _chunk.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            Keep(_chunk.AsMemory(_start, found < 0 ? _end - _start : found));
            _start = found < 0 ? _end : _start + found + 1;
            if (found >= 0)
                return Take();
            (_start, _end) = (0, await stream.ReadAsync(_chunk, cancellationToken));
            if (_end == 0)
                return takeUnended && (IsTooLong || _line.WrittenCount > 0) && Take();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_chunk);

    private bool Take()
    {
        var line = _line.WrittenMemory;
        Line = line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
        return true;
    }

    private void Keep(ReadOnlyMemory<byte> part)
    {
        if (!IsTooLong && _line.WrittenCount + part.Length <= maxLineBytes)
        {
            _line.Write(part.Span);
            return;
        }
        if (!IsTooLong)
        {
            IsTooLong = true;
            overflow(_line.WrittenMemory);
            _line = new();
        }
        overflow(part);
    }
}
