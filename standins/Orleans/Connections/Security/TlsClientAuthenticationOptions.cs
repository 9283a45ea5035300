using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Connections.Security;

public class TlsClientAuthenticationOptions
{
    internal SslClientAuthenticationOptions Real { get; } = new();

    public X509CertificateCollection? ClientCertificates
    {
        get => Real.ClientCertificates;
        set => Real.ClientCertificates = value;
    }

    public X509RevocationMode CertificateRevocationCheckMode
    {
        get => Real.CertificateRevocationCheckMode;
        set => Real.CertificateRevocationCheckMode = value;
    }

    public ClientCertificateSelectionCallback? LocalCertificateSelectionCallback
    {
        get;
        set
        {
            field = value;
            Real.LocalCertificateSelectionCallback = value is null
                ? null
                : (sender, host, local, remote, issuers) => value(sender, host, local, remote, issuers)!;
        }
    }

    public SslProtocols EnabledSslProtocols
    {
        get => Real.EnabledSslProtocols;
        set => Real.EnabledSslProtocols = value;
    }

    /// <summary>The name that the other side's certificate must bear; the IP address unless it is set.</summary>
    public string? TargetHost
    {
        get => Real.TargetHost;
        set => Real.TargetHost = value;
    }

    public object SslClientAuthenticationOptions => Real;
}
