using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace Actors.Storage;

/// <summary>
/// TLS between the processes of a cluster, both sides showing a certificate. Simplest, all of them have the same one; where each
/// has its own, the machine must trust who issued them.
/// </summary>
public static class ClusterTls
{
    /// <exception cref="InvalidOperationException">The file cannot be used; the message says why.</exception>
    public static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password) is { HasPrivateKey: true } certificate
                ? certificate
                : throw new InvalidOperationException($"Actors:Cluster:Certificate: {path} has no private key; it must be a PFX file with one.");
        }
        catch (CryptographicException exception)
        {
            throw new InvalidOperationException($"Actors:Cluster:Certificate: {path} cannot be read: {exception.Message}", exception);
        }
    }

    public static void Configure(TlsOptions options, X509Certificate2 certificate)
    {
        options.LocalCertificate = certificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        // Whoever has the private key of this very certificate is one of us; its name need not be the machine's.
        options.RemoteCertificateValidation = (remote, _, errors) =>
            errors is SslPolicyErrors.None || remote.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span);
    }
}
