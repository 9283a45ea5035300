namespace Actors.Fuzz.Tests.Checks;

/// <summary>A message that is right gets what it asked for, whatever others send at the same time.</summary>
internal static class SuccessCheck
{
    public static IEnumerable<string> Find(Exchange exchange)
    {
        var (shot, answer) = (exchange.Shot, exchange.Answer);
        if (shot.IsAltered || answer.Status == 404)
            yield break;
        var wanted = shot.Name switch
        {
            "tools/call repeat" when !Asks(exchange, "\"task\":") => $"\"text\":\"{shot.Caller.Marker}\"",
            "ping" or "logging/setLevel" or "server/discover" or "initialize" => "\"result\":",
            "tools/list" when !Asks(exchange, "\"cursor\":") => "\"tools\":[",
            _ => null,
        };
        if (wanted is not null && !answer.Text.Contains(wanted, StringComparison.Ordinal))
            yield return $"no {wanted} in the answer";
    }

    private static bool Asks(Exchange exchange, string member) => Wire.Events.TextOf(exchange.Shot.Body).Contains(member, StringComparison.Ordinal);
}
