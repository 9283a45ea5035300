using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The event ids of a short call's stream. They name the client's request too, so that it can be answered when nobody knows the stream any more.
/// </summary>
/// <param name="Stream">Which stream of the session.</param>
/// <param name="Sequence">Where on it.</param>
/// <param name="RequestId">The JSON-RPC id of the request that waits for it, JSON.</param>
internal readonly record struct CallStreamId(long Stream, long Sequence, string RequestId)
{
    private const char Kind = 'c';
    private const int MaxLength = 4096;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind}{Stream}.{Sequence}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(RequestId))}");

    public static bool TryParse(string text, out CallStreamId id)
    {
        id = default;
        if (text.Length is 0 or > MaxLength || text[0] != Kind || text[1..].Split('.') is not [var stream, var sequence, var request]
            || !long.TryParse(stream, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || !Base64Url.IsValid(request))
            return false;
        id = new CallStreamId(number, place, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(request)));
        return RequestIdText.IsOne(id.RequestId);
    }
}
