using System.Net;
using System.Runtime.CompilerServices;
using Actors.Cli.Messages;

namespace Actors.Cli.Http;

/// <summary>The server's answer to one HTTP request, of which so far only the head was read.</summary>
internal sealed class Reply(HttpResponseMessage response, Uri url, int maxMessageBytes) : IDisposable
{
    private Message? _message;
    private bool _isRead;

    public Uri Url => url;

    public HttpStatusCode Status => response.StatusCode;

    public bool IsSuccess => response.IsSuccessStatusCode;

    public string? MediaType => response.Content.Headers.ContentType?.MediaType;

    public bool IsEventStream => string.Equals(MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public bool IsJson => string.Equals(MediaType, "application/json", StringComparison.OrdinalIgnoreCase);

    public string? Location => response.Headers.Location?.ToString();

    public string? SessionId => response.Headers.TryGetValues("Mcp-Session-Id", out var values) ? values.FirstOrDefault() : null;

    /// <summary>What Retry-After says, counted from now.</summary>
    public TimeSpan? RetryAfter(TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>The body as one message; null: it is none.</summary>
    /// <exception cref="ConnectionLostException">It breaks off.</exception>
    /// <exception cref="MessageTooLargeException">It is over the limit.</exception>
    public async ValueTask<Message?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        if (!_isRead && IsJson)
            _message = MessageReader.Read(await ReadBodyAsync(cancellationToken));
        _isRead = true;
        return _message is { Kind: MessageKind.Invalid or MessageKind.Batch } ? null : _message;
    }

    /// <exception cref="ConnectionLostException">It breaks off.</exception>
    /// <exception cref="MessageTooLargeException">An event is over the limit.</exception>
    public async IAsyncEnumerable<ServerEvent> ReadEventsAsync(StreamCursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var events = new EventReader(stream, maxMessageBytes, cursor).ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveAsync(events, cancellationToken))
            yield return events.Current;
    }

    /// <summary>The answer, whichever way it is sent, where nothing else on the way to it counts; null: there is none.</summary>
    /// <exception cref="ConnectionLostException">It breaks off.</exception>
    public async ValueTask<Message?> FindAnswerAsync(CancellationToken cancellationToken)
    {
        if (!IsEventStream)
            return await ReadMessageAsync(cancellationToken);
        await foreach (var received in ReadEventsAsync(new StreamCursor(), cancellationToken))
        {
            if (!received.Data.IsEmpty && MessageReader.Read(received.Data) is { Kind: MessageKind.Response } answer)
                return answer;
        }
        return null;
    }

    public void Dispose() => response.Dispose();

    private async ValueTask<bool> MoveAsync(IAsyncEnumerator<ServerEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionLostException(Words.About(e, url), true, e);
        }
    }

    private async Task<byte[]> ReadBodyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var body = new MemoryStream();
            var chunk = new byte[16 * 1024];
            while (await stream.ReadAsync(chunk, cancellationToken) is > 0 and var read)
            {
                if (body.Length + read > maxMessageBytes)
                    throw new MessageTooLargeException(maxMessageBytes);
                body.Write(chunk, 0, read);
            }
            return body.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionLostException(Words.About(e, url), true, e);
        }
    }
}
