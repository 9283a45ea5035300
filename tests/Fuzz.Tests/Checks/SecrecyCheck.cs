using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>Nobody gets to see what is another's: neither the secret that everybody puts into everything, nor a handle.</summary>
internal static partial class SecrecyCheck
{
    public static IEnumerable<string> Find(Exchange exchange)
    {
        var text = exchange.Answer.Text + string.Join('\n', exchange.Answer.Headers.Select(header => header.Value));
        foreach (var other in exchange.Callers.Where(caller => caller != exchange.Shot.Caller))
        {
            if (text.Contains(other.Marker, StringComparison.Ordinal) || InEventIds(text, other.Marker))
                yield return $"{exchange.Shot.Caller} was told the secret of {other}";
        }
        foreach (var secret in exchange.Secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal))
                yield return "a key, or where the database is";
        }
        foreach (var handle in Handle().Matches(text).Select(match => match.Value).Distinct())
        {
            if (exchange.Handles.OwnerOf(handle) is { } owner && owner != exchange.Shot.Caller && !WasSent(exchange, handle))
                yield return $"{exchange.Shot.Caller} was told the handle {handle} of {owner}";
        }
    }

    // Event ids are Base64 of what they hold.
    private static bool InEventIds(string text, string marker) => Enumerable.Range(0, 3).Any(shift =>
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', shift) + marker));
        return text.Contains(encoded[(shift == 0 ? 0 : 4)..^4], StringComparison.Ordinal);
    });

    // In the message as it is, or in what an event id holds: its parts are Base64 of it.
    private static bool WasSent(Exchange exchange, string handle) =>
        Encoding.Latin1.GetString(exchange.Shot.ToWire()).Contains(handle, StringComparison.OrdinalIgnoreCase)
        || (exchange.Shot.Header("Last-Event-ID")?.Trim() ?? "").Split('.')
            .SelectMany(part => new[] { part, part.Length > 1 ? part[1..] : "" })
            .Any(part => Base64Url.IsValid(part) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part)).Contains(handle, StringComparison.Ordinal));

    [GeneratedRegex("[0-9a-f]{32}|[A-Za-z0-9_-]{22,}")]
    private static partial Regex Handle();
}
