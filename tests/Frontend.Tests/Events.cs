using System.Text.Json;

namespace Actors.Frontend.Tests;

/// <summary>An event stream as it arrives.</summary>
internal sealed class Events(HttpResponseMessage response, Stream body) : IAsyncDisposable
{
    private readonly StreamReader _lines = new(body);

    public HttpResponseMessage Response => response;

    /// <summary>The id of the event that was read last, by which the stream can be taken up again.</summary>
    public string? LastId { get; private set; }

    /// <summary>What the stream said last of when to come back, in milliseconds.</summary>
    public string? Retry { get; private set; }

    /// <summary>The next message; comments, empty lines and events without a message are passed over. Null: the stream has ended.</summary>
    public async Task<JsonElement?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line["id: ".Length..];
            else if (line.StartsWith("retry: ", StringComparison.Ordinal))
                Retry = line["retry: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && line.Length > "data: ".Length)
                return JsonElement.Parse(line["data: ".Length..]);
        }
        return null;
    }

    /// <summary>Reads until an event with an id has come, message or not.</summary>
    public async Task<string> UntilIdAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                return LastId = line["id: ".Length..];
        }
        throw new InvalidOperationException("The stream ended without an id.");
    }

    /// <summary>The stream's answer: its first message without a method.</summary>
    public async Task<JsonElement> AnswerAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } message)
        {
            if (!message.TryGetProperty("method", out _))
                return message;
        }
        throw new InvalidOperationException("The stream ended without an answer.");
    }

    /// <summary>The next message with this method; others before it are passed over.</summary>
    public async Task<JsonElement> NextAsync(string method, CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } message)
        {
            if (message.TryGetProperty("method", out var name) && name.GetString() == method)
                return message;
        }
        throw new InvalidOperationException($"The stream ended without {method}.");
    }

    /// <summary>The next line of any kind, comments included.</summary>
    public ValueTask<string?> NextLineAsync(CancellationToken cancellationToken) => _lines.ReadLineAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
