using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Connections.Security;

/// <summary>TLS between silos, and between clients and silos.</summary>
public class TlsOptions
{
    /// <summary>What this process shows; a silo must have one, with its private key.</summary>
    public X509Certificate2? LocalCertificate { get; set; }

    /// <summary>What a silo shows, by the name that the caller asked for; instead of <see cref="LocalCertificate"/>.</summary>
    public Func<ConnectionContext, string?, X509Certificate2>? LocalServerCertificateSelector { get; set; }

    /// <summary>What a process that connects shows; instead of <see cref="LocalCertificate"/>.</summary>
    public Func<object, string, X509CertificateCollection, X509Certificate?, string[], X509Certificate2?>? LocalClientCertificateSelector { get; set; }

    /// <summary>Whether a process that connects demands a valid certificate of the one it connects to. Default: it does.</summary>
    public RemoteCertificateMode RemoteCertificateMode { get; set; } = RemoteCertificateMode.RequireCertificate;

    /// <summary>Whether a silo demands one of the processes that connect to it. Default: one that is given must be valid.</summary>
    public RemoteCertificateMode ClientCertificateMode { get; set; } = RemoteCertificateMode.AllowCertificate;

    /// <summary>Decides instead of the chain and the name.</summary>
    public RemoteCertificateValidator? RemoteCertificateValidation { get; set; }

    public SslProtocols SslProtocols { get; set; } = SslProtocols.Tls13 | SslProtocols.Tls12;

    public bool CheckCertificateRevocation { get; set; }

    /// <summary>Default: 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public Action<ConnectionContext, TlsClientAuthenticationOptions>? OnAuthenticateAsClient { get; set; }

    public Action<ConnectionContext, TlsServerAuthenticationOptions>? OnAuthenticateAsServer { get; set; }

    internal bool IsOn { get; set; }

    /// <summary>For tests and closed networks only: whoever answers is believed.</summary>
    public void AllowAnyRemoteCertificate() => RemoteCertificateValidation = static (_, _, _) => true;
}
