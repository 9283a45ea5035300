using System.Net.Http.Headers;
using System.Net.Sockets;
using Actors.Cli.Stdio;

namespace Actors.Cli.Http;

/// <summary>The server's MCP endpoint, as any number of requests side by side see it.</summary>
internal sealed class Endpoint : IDisposable
{
    // A dead peer on an open stream is noticed within half a minute; a new address of the server's name within two.
    private const int KeepAliveAfterSeconds = 15;
    private const int KeepAliveEverySeconds = 5;
    private const int KeepAliveProbes = 3;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;
    private readonly StdioOptions _options;

    public Endpoint(StdioOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler
        {
            // A redirect would carry the key to wherever it points, and turn some POSTs into GETs.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        if (options.Key is { } key)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Url => _options.Url;

    /// <exception cref="ConnectionLostException">There is no answer.</exception>
    public async Task<Reply> PostAsync(ReadOnlyMemory<byte> message, Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        using var body = new JsonBody(message);
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = body };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        addHeaders(request.Headers);
        return await SendAsync(request, () => body.IsSent, cancellationToken);
    }

    /// <exception cref="ConnectionLostException">There is no answer.</exception>
    public async Task<Reply> GetAsync(Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        addHeaders(request.Headers);
        return await SendAsync(request, () => false, cancellationToken);
    }

    /// <exception cref="ConnectionLostException">There is no answer.</exception>
    public async Task<Reply> DeleteAsync(Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Url);
        addHeaders(request.Headers);
        return await SendAsync(request, () => true, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> SendAsync(HttpRequestMessage request, Func<bool> mayHaveArrived, CancellationToken cancellationToken)
    {
        try
        {
            return new Reply(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), Url, _options.MaxMessageBytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A cancellation that is not ours is ConnectTimeout.
            throw new ConnectionLostException(
                e is OperationCanceledException ? $"No connection to {Words.Place(Url)} within {_options.ConnectTimeout.TotalSeconds:0} s" : Words.About(e, Url),
                mayHaveArrived(), e);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveEverySeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
