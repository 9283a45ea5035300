using System.Security.Cryptography.X509Certificates;

namespace Orleans.Connections.Security;

public static class CertificateLoader
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The certificate of that name that is valid longest, has its private key, and may be used so. Throws when there is none.</summary>
    public static X509Certificate2 LoadFromStoreCert(string subject, string storeName, StoreLocation storeLocation, bool allowInvalid, bool server)
    {
        using var store = new X509Store(storeName, storeLocation);
        store.Open(OpenFlags.ReadOnly);
        var found = store.Certificates.Find(X509FindType.FindBySubjectName, subject, validOnly: !allowInvalid)
            .Where(certificate => certificate.HasPrivateKey && MayBeUsed(certificate, server ? ServerAuthentication : ClientAuthentication))
            .MaxBy(certificate => certificate.NotAfter);
        return found ?? throw new InvalidOperationException(
            $"The store {storeLocation}/{storeName} has no certificate \"{subject}\" that can be used{(allowInvalid ? "" : " and is valid")}.");
    }

    /// <summary>One that does not say what it is for may be used for everything (RFC 5280, 4.2.1.12).</summary>
    internal static bool MayBeUsed(X509Certificate2 certificate, string purpose)
    {
        var said = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToArray();
        return said.Length == 0 || said.Any(extension => extension.EnhancedKeyUsages[purpose] is not null);
    }

    internal static bool IsForServers(X509Certificate2 certificate) => MayBeUsed(certificate, ServerAuthentication);
}
