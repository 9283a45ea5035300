using System.Text;
using System.Text.Json;
using Actors.Fuzz.Tests.Wire;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>A body is a JSON-RPC message, or a stream of such.</summary>
internal static class ShapeCheck
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 256, AllowDuplicateProperties = false };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<string> Find(Exchange exchange)
    {
        var answer = exchange.Answer;
        if (answer.Fault is not null || exchange.Shot.Verb == "HEAD")
            return [];
        if (answer.Status is 202 or 204)
            return answer.Body.Length == 0 ? [] : ["a body where there is to be none"];
        if (answer.Body.Length == 0)
            return MayBeKestrels(exchange) || answer.IsStream ? [] : ["no body"];
        try
        {
            Utf8.GetCharCount(answer.Body);
        }
        catch (DecoderFallbackException) when (answer.IsWhole)
        {
            return ["not UTF-8"];
        }
        catch (DecoderFallbackException)
        {
            // Dropped in the middle of a character.
        }
        return answer.ContentType switch
        {
            "application/json" => InMessage(exchange, answer.Text),
            "text/event-stream" => InStream(exchange),
            _ => [$"content type {answer.ContentType}"],
        };
    }

    private static IEnumerable<string> InStream(Exchange exchange)
    {
        var answer = exchange.Answer;
        if (Events.FindStrayLine(answer.Text) is { } stray)
            yield return $"a line that is of no event: {stray}";
        if (answer.IsWhole && !answer.Text.EndsWith("\n\n", StringComparison.Ordinal))
            yield return "the stream ends within an event";
        foreach (var fault in exchange.Messages.SelectMany(message => InMessage(exchange, message)))
            yield return fault;
        var answers = exchange.Messages.Count(Events.IsAnswer);
        if (!exchange.Sent.IsBatch && answers > 1)
            yield return "several answers to one request";
        if (exchange.Sent.IsBatch && answer.IsWhole && answers < exchange.Sent.Ids.Count && IsOfRequests(exchange))
            yield return $"{answers} answers to the {exchange.Sent.Ids.Count} requests of a batch";
    }

    // The body of a GET is not read, responses have ids too, and a cancelled request has no answer.
    private static bool IsOfRequests(Exchange exchange)
    {
        if (exchange.Shot.Verb != "POST")
            return false;
        using var body = JsonDocument.Parse(exchange.Shot.Body);
        return body.RootElement.EnumerateArray().All(message => message.ValueKind == JsonValueKind.Object
            && message.EnumerateObject().Count(member => member.NameEquals("id")) == 1
            && !message.TryGetProperty("result", out _) && !message.TryGetProperty("error", out _));
    }

    private static IEnumerable<string> InMessage(Exchange exchange, string text)
    {
        JsonDocument document;
        string? broken = null;
        try
        {
            document = JsonDocument.Parse(text, Strict);
        }
        catch (JsonException e)
        {
            broken = "not JSON: " + e.Message;
            document = JsonDocument.Parse("null");
        }
        using (document)
            return broken is not null ? [broken] : [.. MessageShape.Find(document.RootElement, exchange)];
    }

    // What HTTP itself refuses, before there is anybody who speaks JSON.
    private static bool MayBeKestrels(Exchange exchange) => exchange.Answer.Status switch
    {
        431 => true,
        400 => exchange.Shot.Headers.Any(header => header.Value.Any(c => c is < ' ' or > '~'))
            || exchange.Shot.Headers.Any(header => header.Key.Length == 0),
        _ => false,
    };
}
