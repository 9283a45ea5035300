using System.Net;
using System.Net.Http.Headers;
using Actors.Cli.Http;
using Actors.Cli.Requests;

namespace Actors.Cli.Sessions;

/// <summary>Goes on with a stream that broke, from its last event (2025-11-25, Resumability and Redelivery): always by GET, also where a POST began it.</summary>
internal sealed class StreamResumption(Endpoint endpoint, TimeProvider time)
{
    /// <summary>Tries until the stream is there again, or the answer itself; the reply is the caller's to dispose. Null: it cannot be had any more.</summary>
    public async Task<Reply?> OpenAsync(Session session, StreamCursor cursor, Exchange exchange)
    {
        var cancellationToken = exchange.Unwanted;
        var after = cursor.Retry;
        while (await exchange.Patience.PauseAsync(after, cancellationToken))
        {
            try
            {
                var reply = await endpoint.GetAsync(headers => AddTo(headers, session, cursor), cancellationToken);
                if (reply is { IsSuccess: true, IsEventStream: true } || await IsAnswerAsync(reply, exchange))
                    return reply;
                using (reply)
                {
                    if (!IsPassing(reply.Status))
                        return null;
                    after = reply.RetryAfter(time);
                }
            }
            catch (ConnectionLostException)
            {
                after = null;
            }
        }
        return null;
    }

    private static async ValueTask<bool> IsAnswerAsync(Reply reply, Exchange exchange) =>
        reply.IsSuccess && await reply.ReadMessageAsync(exchange.Unwanted) is { IdKey: { } key } && key == exchange.Request.IdKey;

    public static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or 502 or 503 or 504;

    public static void AddTo(HttpRequestHeaders headers, Session session, StreamCursor cursor)
    {
        session.AddTo(headers);
        if (cursor.LastEventId is { } id)
            headers.TryAddWithoutValidation("Last-Event-ID", id);
    }
}
