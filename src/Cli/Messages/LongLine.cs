namespace Actors.Cli.Messages;

/// <summary>
/// Reads a line that is too long to be kept, byte by byte, for its id: whoever sent it waits for an answer, and the id may
/// well be its last member.
/// </summary>
internal sealed class LongLine
{
    private const int MaxTokenBytes = 256;

    private readonly List<byte> _token = [];
    private byte[] _key = [];
    private int _depth;
    private bool _inText;
    private bool _isEscaped;

    /// <summary>JSON; null: not found.</summary>
    public byte[]? Id { get; private set; }

    /// <summary>Whether it has a method: with an id, it is a request.</summary>
    public bool HasMethod { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            if (_inText)
                ReadText(next);
            else
                ReadStructure(next);
        }
    }

    private void ReadText(byte next)
    {
        Keep(next);
        _inText = _isEscaped || next != '"';
        _isEscaped = !_isEscaped && next == '\\';
    }

    private void ReadStructure(byte next)
    {
        switch ((char)next)
        {
            case '"':
                _inText = true;
                Keep(next);
                break;
            case '{' or '[':
                _depth++;
                break;
            case '}' or ']':
                End();
                _depth--;
                break;
            case ',':
                End();
                break;
            case ':' when _depth == 1:
                _key = [.. _token];
                _token.Clear();
                break;
            case ' ' or '\t' or '\r':
                break;
            default:
                Keep(next);
                break;
        }
    }

    private void End()
    {
        if (_depth != 1)
            return;
        if (_key.AsSpan().SequenceEqual("\"id\""u8) && _token.Count is > 0 and < MaxTokenBytes)
            Id = [.. _token];
        HasMethod |= _key.AsSpan().SequenceEqual("\"method\""u8);
        _key = [];
        _token.Clear();
    }

    private void Keep(byte next)
    {
        if (_depth == 1 && _token.Count < MaxTokenBytes)
            _token.Add(next);
    }
}
