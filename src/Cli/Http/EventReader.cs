using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Actors.Cli.Messages;

namespace Actors.Cli.Http;

/// <summary>Reads a <c>text/event-stream</c>: data, id and retry; names of events mean nothing here. Lines end in LF or CRLF.</summary>
internal sealed class EventReader(Stream stream, int maxMessageBytes, StreamCursor cursor)
{
    private readonly ArrayBufferWriter<byte> _data = new();
    private string? _id;
    private bool _hasData;

    /// <exception cref="MessageTooLargeException">An event is over the limit.</exception>
    public async IAsyncEnumerable<ServerEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lines = new ByteLines(stream, maxMessageBytes, _ => throw new MessageTooLargeException(maxMessageBytes));
        // An event that breaks off in the middle does not count.
        while (await lines.ReadAsync(takeUnended: false, cancellationToken))
        {
            if (lines.Line.Length > 0)
            {
                Take(lines.Line.Span);
                continue;
            }
            if (!_hasData && _id is null)
                continue;
            var received = new ServerEvent(_data.WrittenSpan.ToArray(), _id);
            // The cursor moves on only when whoever gets the event is done with it.
            yield return received;
            cursor.LastEventId = received.Id ?? cursor.LastEventId;
            _data.ResetWrittenCount();
            (_id, _hasData) = (null, false);
        }
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        if (value.Length > 0 && value[0] == ' ')
            value = value[1..];
        if (name.SequenceEqual("data"u8))
            TakeData(value);
        else if (name.SequenceEqual("id"u8) && !value.Contains((byte)0))
            _id = Encoding.UTF8.GetString(value);
        else if (name.SequenceEqual("retry"u8) && Utf8Parser.TryParse(value, out int retryMs, out var used) && used == value.Length && retryMs >= 0)
            cursor.Retry = TimeSpan.FromMilliseconds(retryMs);
    }

    private void TakeData(ReadOnlySpan<byte> value)
    {
        if (_data.WrittenCount + value.Length + 1 > maxMessageBytes)
            throw new MessageTooLargeException(maxMessageBytes);
        if (_hasData)
            _data.Write("\n"u8);
        _data.Write(value);
        _hasData = true;
    }
}
