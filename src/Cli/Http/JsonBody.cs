using System.Net;
using System.Net.Http.Headers;

namespace Actors.Cli.Http;

/// <summary>
/// A request's body that knows whether it was sent: until its last bytes are on their way, the server cannot have run the
/// request, since Content-Length says how long it is.
/// </summary>
internal sealed class JsonBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _bytes;

    public JsonBody(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool IsSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsSent = true;
        await stream.WriteAsync(_bytes, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
