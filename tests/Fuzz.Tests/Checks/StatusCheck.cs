namespace Actors.Fuzz.Tests.Checks;

/// <summary>The HTTP status is one that the design has for a request that a client got wrong, or right.</summary>
internal static class StatusCheck
{
    private const int MaxHeaderBytes = 32 * 1024;

    private static readonly int[] Allowed = [200, 202, 204, 400, 401, 403, 404, 405, 406, 413, 415, 431];

    public static IEnumerable<string> Find(Exchange exchange)
    {
        var (shot, answer) = (exchange.Shot, exchange.Answer);
        if (answer.Fault is { } fault)
        {
            if (shot.Headers.Sum(header => header.Value.Length) < MaxHeaderBytes)
                yield return fault;
        }
        else if (!Allowed.Contains(answer.Status))
            yield return $"status {answer.Status}";
        else if (!shot.IsAltered && answer.Status is not (200 or 202 or 204) && !MayBeRefused(exchange))
            yield return $"status {answer.Status} for a message that is right";
    }

    // A session may have been ended by another message of the run; a method that there is not, a batch and a response are in the corpus too.
    private static bool MayBeRefused(Exchange exchange) => exchange.Answer.Status switch
    {
        404 => exchange.Shot.Header("Mcp-Session-Id") is not null || exchange.Shot.Name == "no/such/method",
        400 => exchange.Shot.Name is "batch" or "response" or "error response" or "GET with Last-Event-ID"
            || exchange.Answer.Text.Contains("-32021", StringComparison.Ordinal),
        // The id of the event that answered with an error: there is nothing to take up.
        405 => exchange.Shot.Header("Last-Event-ID") == "e",
        _ => false,
    };
}
