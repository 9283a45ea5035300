using System.Globalization;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>The event ids of a short call's stream: which stream of the session, and where on it.</summary>
internal readonly record struct CallStreamId(long Stream, long Sequence)
{
    private const char Kind = 'c';

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}{Stream}.{Sequence}");

    public static bool TryParse(string text, out CallStreamId id)
    {
        id = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 2 || text[0] != Kind)
            return false;
        var isId = long.TryParse(text.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var stream)
            & long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
        id = new CallStreamId(stream, sequence);
        return isId;
    }
}
