using System.Net;
using System.Net.Sockets;
using Actors.Storage.FollowUps;
using Microsoft.Extensions.Options;

namespace Actors.Silo.FollowUps;

/// <summary>
/// Sends a message, to an address that may be sent to: the name is looked up once, every address it stands for is checked, and the connection is
/// made to one of just those. No redirect is followed, no proxy used, and of the answer only its status is read.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private const int MaxAddresses = 8;
    private const int MaxHeadersKiB = 16;

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public WebhookSender(IOptions<WebhookOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = MaxHeadersKiB,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = null,
        });
    }

    public async Task<WebhookAnswer> SendAsync(Uri url, WebhookMessage message, IReadOnlyList<byte[]> secrets, CancellationToken cancellationToken)
    {
        // The options may be stricter than when the call was made.
        if (WebhookUrl.Fault(url.OriginalString, _options) is { } fault)
            return WebhookAnswer.Hopeless($"the URL {fault}");
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = message.ToRequest(url, secrets, _time.GetUtcNow());
            using var response = await _http.SendAsync(request, ending.Token);
            return Answer(response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WebhookAnswer.Failed($"no answer within {_options.Timeout.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException exception)
        {
            return Find<ForbiddenAddressException>(exception) is not null
                ? WebhookAnswer.Hopeless("its name stands for an address that is not of the public internet")
                : WebhookAnswer.Failed($"not reached ({exception.HttpRequestError})");
        }
    }

    public void Dispose() => _http.Dispose();

    private static WebhookAnswer Answer(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => WebhookAnswer.Accepted((int)status),
        // Standard Webhooks: the receiver wants no more of them.
        410 => WebhookAnswer.Hopeless("status 410"),
        >= 300 and < 400 => WebhookAnswer.Failed($"status {(int)status}; redirects are not followed"),
        _ => WebhookAnswer.Failed($"status {(int)status}"),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        // Any of them: a name that stands for a private address besides is none to trust.
        if (!_options.AllowPrivateAddresses && !addresses.All(PublicAddress.Is))
            throw new ForbiddenAddressException();
        SocketException? last = null;
        foreach (var address in addresses.Take(MaxAddresses))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception =>
        exception is null or T ? (T?)exception : Find<T>(exception.InnerException);
}
