using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Driver.Wire;

/// <summary>One client's connections. Every request and every answer goes to the record, whatever becomes of them.</summary>
internal sealed class McpWire : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static long _ids;

    private readonly string _client;
    private readonly string _caller;
    private readonly RecordWriter _record;
    private readonly RunClock _clock;
    private readonly HttpClient _http;

    public McpWire(string client, string caller, string key, RecordWriter record, RunClock clock)
    {
        (_client, _caller, _record, _clock) = (client, caller, record, clock);
        // The deadline is each request's own.
        _http = new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Sends a request, and waits for its answer as long as this client would.</summary>
    public async Task<CallRecord> SendAsync(Request request, Endpoint endpoint, TimeSpan patience, CancellationToken cancellationToken) =>
        (await ReadAsync(request, endpoint, patience, cancellationToken)).Call;

    /// <summary>The same, with the answer as it came: what the record has of long texts is their hash.</summary>
    public async Task<(CallRecord Call, JsonElement? Answer)> ReadAsync(Request request, Endpoint endpoint, TimeSpan patience, CancellationToken cancellationToken)
    {
        string? text = null;
        var call = Begin(request, endpoint);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            using var http = request.ToHttp(call.Id, endpoint.Address());
            using var response = await _http.SendAsync(http, deadline.Token);
            text = await response.Content.ReadAsStringAsync(deadline.Token);
            call = Answered(call, (int)response.StatusCode, text);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            call = call with { Outcome = OutcomeOf(e, cancellationToken), Detail = e.Message };
        }

        return (Keep(call), call.Body is null ? null : JsonElement.Parse(text!));
    }

    /// <summary>Listens for as long as it is told, or until the server or the network ends it.</summary>
    public async Task<CallRecord> ListenAsync(
        Request request, Endpoint endpoint, TimeSpan duration, Action<JsonElement> heard, CancellationToken cancellationToken)
    {
        var call = Begin(request, endpoint);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(duration);
        try
        {
            using var http = request.ToHttp(call.Id, endpoint.Address());
            using var response = await _http.SendAsync(http, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            call = call with { Status = (int)response.StatusCode };
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
                await ReadStreamAsync(call.Id, response, heard, deadline.Token);
            else
                call = Answered(call, call.Status, await response.Content.ReadAsStringAsync(deadline.Token));
            call = call with { Outcome = Outcome.Answered };
        }
        catch (OperationCanceledException) when (call.Status == 200)
        {
            call = call with { Outcome = Outcome.Answered };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            call = call with { Outcome = OutcomeOf(e, cancellationToken), Detail = e.Message };
        }

        return Keep(call);
    }

    public void Dispose() => _http.Dispose();

    private CallRecord Begin(Request request, Endpoint endpoint) => new()
    {
        Id = Interlocked.Increment(ref _ids),
        Client = _client,
        Caller = _caller,
        Via = endpoint.Name,
        Method = request.Method,
        Tool = request.Tool,
        Handle = request.Handle,
        Token = request.Token,
        Key = request.Key,
        WantsWebhook = request.Webhook is null ? null : true,
        Then = request.Then is null ? null : JsonSerializer.SerializeToElement(request.Then),
        DelayMs = request.DelayMs,
        StartAtMs = request.StartAt?.ToUnixTimeMilliseconds(),
        Sent = request.Sent is null ? null : JsonSerializer.SerializeToElement(request.Sent),
        StartMs = _clock.NowMs,
        EndMs = 0,
        Outcome = Outcome.Abandoned,
    };

    private CallRecord Keep(CallRecord call)
    {
        call = call with { EndMs = _clock.NowMs };
        _record.Add(call);
        return call;
    }

    private static CallRecord Answered(CallRecord call, int status, string text)
    {
        try
        {
            return call with { Outcome = Outcome.Answered, Status = status, Body = ShortJson.Of(JsonElement.Parse(text)) };
        }
        catch (JsonException)
        {
            return call with { Outcome = Outcome.Answered, Status = status, Detail = LongText.Of(text) };
        }
    }

    private async Task ReadStreamAsync(long stream, HttpResponseMessage response, Action<JsonElement> heard, CancellationToken cancellationToken)
    {
        const string Data = "data:";
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith(Data, StringComparison.Ordinal))
                continue;
            var body = ShortJson.Of(JsonElement.Parse(line.AsSpan(Data.Length).ToString()));
            _record.Add(new StreamEvent { Stream = stream, AtMs = _clock.NowMs, Body = body });
            heard(body);
        }
    }

    private static Outcome OutcomeOf(Exception exception, CancellationToken run) => exception switch
    {
        _ when run.IsCancellationRequested => Outcome.Abandoned,
        OperationCanceledException => Outcome.TimedOut,
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => Outcome.NotConnected,
        _ => Outcome.Broken,
    };
}
