using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Connections.Security;

public class TlsServerAuthenticationOptions
{
    internal SslServerAuthenticationOptions Real { get; } = new();

    public X509Certificate? ServerCertificate
    {
        get => Real.ServerCertificate;
        set => Real.ServerCertificate = value;
    }

    public ServerCertificateSelectionCallback? ServerCertificateSelectionCallback
    {
        get;
        set
        {
            field = value;
            Real.ServerCertificateSelectionCallback = value is null ? null : (sender, host) => value(sender, host);
        }
    }

    public bool ClientCertificateRequired
    {
        get => Real.ClientCertificateRequired;
        set => Real.ClientCertificateRequired = value;
    }

    public SslProtocols EnabledSslProtocols
    {
        get => Real.EnabledSslProtocols;
        set => Real.EnabledSslProtocols = value;
    }

    public X509RevocationMode CertificateRevocationCheckMode
    {
        get => Real.CertificateRevocationCheckMode;
        set => Real.CertificateRevocationCheckMode = value;
    }

    public object SslServerAuthenticationOptions => Real;
}
