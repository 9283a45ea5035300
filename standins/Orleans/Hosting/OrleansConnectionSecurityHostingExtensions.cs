using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Connections.Security;
using Orleans.Runtime;

namespace Orleans.Hosting;

public static class OrleansConnectionSecurityHostingExtensions
{
    public static ISiloBuilder UseTls(this ISiloBuilder builder, X509Certificate2 certificate) => builder.UseTls(certificate, static _ => { });

    public static ISiloBuilder UseTls(this ISiloBuilder builder, X509Certificate2 certificate, Action<TlsOptions> configureOptions) =>
        builder.UseTls(With(certificate, configureOptions));

    public static ISiloBuilder UseTls(
        this ISiloBuilder builder, StoreName storeName, string subject, bool allowInvalid, StoreLocation location, Action<TlsOptions> configureOptions) =>
        builder.UseTls(CertificateLoader.LoadFromStoreCert(subject, storeName.ToString(), location, allowInvalid, server: true), configureOptions);

    public static ISiloBuilder UseTls(this ISiloBuilder builder, Action<TlsOptions> configureOptions)
    {
        builder.Services.AddTls(configureOptions, isSilo: true);
        return builder;
    }

    public static IClientBuilder UseTls(this IClientBuilder builder, X509Certificate2 certificate) => builder.UseTls(certificate, static _ => { });

    public static IClientBuilder UseTls(this IClientBuilder builder, X509Certificate2 certificate, Action<TlsOptions> configureOptions) =>
        builder.UseTls(With(certificate, configureOptions));

    public static IClientBuilder UseTls(
        this IClientBuilder builder, StoreName storeName, string subject, bool allowInvalid, StoreLocation location, Action<TlsOptions> configureOptions) =>
        builder.UseTls(CertificateLoader.LoadFromStoreCert(subject, storeName.ToString(), location, allowInvalid, server: false), configureOptions);

    public static IClientBuilder UseTls(this IClientBuilder builder, Action<TlsOptions> configureOptions)
    {
        builder.Services.AddTls(configureOptions, isSilo: false);
        return builder;
    }

    private static Action<TlsOptions> With(X509Certificate2 certificate, Action<TlsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey) throw new ArgumentException("The certificate must have its private key.", nameof(certificate));
        return options =>
        {
            options.LocalCertificate = certificate;
            configure(options);
        };
    }

    private static void AddTls(this IServiceCollection services, Action<TlsOptions> configure, bool isSilo) =>
        services.AddOptions<TlsOptions>().Configure(options =>
        {
            configure(options);
            options.IsOn = true;
            if (options.LocalCertificate is { HasPrivateKey: false })
                throw new OrleansConfigurationException("The certificate in TlsOptions.LocalCertificate must have its private key.");
            if (!isSilo || options.LocalServerCertificateSelector is not null) return;

            if (options.LocalCertificate is not { } certificate)
                throw new OrleansConfigurationException("A silo with TLS needs a certificate: set TlsOptions.LocalCertificate.");
            if (!CertificateLoader.IsForServers(certificate))
                throw new OrleansConfigurationException("The certificate in TlsOptions.LocalCertificate is not meant for servers.");
        });
}
