using System.Globalization;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>The event ids of a session's own stream: when, and which at that moment. What a client missed is what has changed since.</summary>
internal readonly record struct OwnStreamId(DateTimeOffset At, long Sequence)
{
    private const char Kind = 'g';

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}{At.ToUnixTimeMilliseconds()}.{Sequence}");

    public static bool TryParse(string text, out OwnStreamId id)
    {
        id = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 2 || text[0] != Kind
            || !long.TryParse(text.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || at > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        id = new OwnStreamId(DateTimeOffset.FromUnixTimeMilliseconds(at), sequence);
        return true;
    }
}
