using System.Text.Json;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>One JSON-RPC message of the server's.</summary>
internal static class MessageShape
{
    public static IEnumerable<string> Find(JsonElement message, Exchange exchange)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return ["a message that is no object"];
        if (!message.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || version.GetString() != "2.0")
            return ["jsonrpc is not 2.0"];
        if (message.TryGetProperty("method", out var method))
            return method.ValueKind == JsonValueKind.String && (!message.TryGetProperty("params", out var parameters) || parameters.ValueKind == JsonValueKind.Object)
                ? []
                : ["a request or notification that is malformed"];
        var hasResult = message.TryGetProperty("result", out var result);
        var hasError = message.TryGetProperty("error", out var error);
        if (hasResult == hasError)
            return ["neither result nor error, or both"];
        return hasResult ? InResult(message, result, exchange) : InError(message, error, exchange);
    }

    private static IEnumerable<string> InResult(JsonElement message, JsonElement result, Exchange exchange)
    {
        if (result.ValueKind != JsonValueKind.Object)
            yield return "a result that is no object";
        if (Sent.IdIn(message) is not { } id)
            yield return "a result without an id";
        else if (!IsTakenUp(exchange) && !exchange.Sent.Ids.Contains(id))
            yield return $"a result for the id {id}, which was not asked with";
    }

    private static IEnumerable<string> InError(JsonElement message, JsonElement error, Exchange exchange)
    {
        if (error.ValueKind != JsonValueKind.Object
            || !error.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.Number || !code.TryGetInt32(out _)
            || !error.TryGetProperty("message", out var text) || text.ValueKind != JsonValueKind.String || text.GetString()!.Length == 0)
            yield return "an error without a code and a message";
        if (IsTakenUp(exchange))
            yield break;
        var id = Sent.IdIn(message);
        if (id is not null && exchange.Sent.Ids.Count > 0 && !exchange.Sent.Ids.Contains(id))
            yield return $"an error for the id {id}, which was not asked with";
        if (id is null && exchange.Sent is { IsBatch: false, Ids: [{ Length: > 0 }] } && IsAfterBody(exchange) && !IsUnreadable(error))
            yield return "an error without the id, which could be read";
    }

    // The answer is to the request whose stream was lost.
    private static bool IsTakenUp(Exchange exchange) => exchange.Shot.Verb == "GET";

    private static bool IsUnreadable(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.GetDouble() == -32700;

    // Who calls and in which form is refused before the body is looked at.
    private static bool IsAfterBody(Exchange exchange) => exchange.Shot.Verb == "POST" && exchange.Answer.Status is 200 or 400 or 404;
}
