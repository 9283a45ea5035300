using System.Text.Json;

namespace Actors.Frontend.Tests;

/// <summary>An event stream as it arrives.</summary>
internal sealed class Events(HttpResponseMessage response, Stream body) : IAsyncDisposable
{
    private readonly StreamReader _lines = new(body);

    public HttpResponseMessage Response => response;

    /// <summary>The next message; comments and empty lines are passed over. Null: the stream has ended.</summary>
    public async Task<JsonElement?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonElement.Parse(line["data: ".Length..]);
        }
        return null;
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
