using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Connections.Security;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>TLS below the frames, where UseTls asked for it; otherwise the transport as it is.</summary>
internal sealed class TlsLayer(IOptions<TlsOptions> options)
{
    private readonly TlsOptions _options = options.Value;

    public async ValueTask<IDuplexPipe> AsClientAsync(ConnectionContext context, SiloAddress target, CancellationToken cancellationToken)
    {
        if (!_options.IsOn) return context.Transport;

        var asClient = new TlsClientAuthenticationOptions
        {
            TargetHost = target.Endpoint.Address.ToString(),
            EnabledSslProtocols = _options.SslProtocols,
            CertificateRevocationCheckMode = Revocation
        };
        if (_options.LocalClientCertificateSelector is { } select)
            asClient.LocalCertificateSelectionCallback = (sender, host, local, remote, issuers) => select(sender, host, local, remote, issuers);
        else if (_options.LocalCertificate is { } certificate) asClient.ClientCertificates = new X509CertificateCollection { certificate };
        _options.OnAuthenticateAsClient?.Invoke(context, asClient);
        return await SecureAsync(
            context,
            (certificate, chain, errors) => IsTrusted(certificate, chain, errors, _options.RemoteCertificateMode),
            (stream, token) => stream.AuthenticateAsClientAsync(asClient.Real, token),
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IDuplexPipe> AsServerAsync(ConnectionContext context, CancellationToken cancellationToken)
    {
        if (!_options.IsOn) return context.Transport;

        var asServer = new TlsServerAuthenticationOptions
        {
            ServerCertificate = _options.LocalCertificate,
            ClientCertificateRequired = _options.ClientCertificateMode is not RemoteCertificateMode.NoCertificate,
            EnabledSslProtocols = _options.SslProtocols,
            CertificateRevocationCheckMode = Revocation
        };
        if (_options.LocalServerCertificateSelector is { } select)
        {
            asServer.ServerCertificate = null;
            asServer.ServerCertificateSelectionCallback = (_, host) => select(context, host);
        }

        _options.OnAuthenticateAsServer?.Invoke(context, asServer);
        return await SecureAsync(
            context,
            (certificate, chain, errors) => IsTrusted(certificate, chain, errors, _options.ClientCertificateMode),
            (stream, token) => stream.AuthenticateAsServerAsync(asServer.Real, token),
            cancellationToken).ConfigureAwait(false);
    }

    private X509RevocationMode Revocation => _options.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;

    private async Task<IDuplexPipe> SecureAsync(
        ConnectionContext context, RemoteCertificateValidator isTrusted, Func<SslStream, CancellationToken, Task> authenticateAsync,
        CancellationToken cancellationToken)
    {
        var stream = new SslStream(
            new PipeStream(context.Transport), leaveInnerStreamOpen: false,
            (_, certificate, chain, errors) => isTrusted((X509Certificate2)certificate!, chain, errors));
        using var patience = new CancellationTokenSource(_options.HandshakeTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await authenticateAsync(stream, either.Token).ConfigureAwait(false);
            return new SecurePipe(stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool IsTrusted(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, RemoteCertificateMode mode)
    {
        if (certificate is null) return mode is not RemoteCertificateMode.RequireCertificate;

        return _options.RemoteCertificateValidation?.Invoke(certificate, chain, errors) ?? errors is SslPolicyErrors.None;
    }

    private sealed class SecurePipe(SslStream stream) : IDuplexPipe
    {
        // One record of TLS per buffer, and one write to the socket per record.
        private const int BufferSize = 32 * 1024;

        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: BufferSize / 4));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: BufferSize));
    }
}
