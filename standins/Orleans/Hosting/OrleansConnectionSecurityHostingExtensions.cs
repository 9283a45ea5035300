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

    public static ISiloBuilder UseTls(this ISiloBuilder builder, Action<TlsOptions> configureOptions)
    {
        builder.Services.AddTls(configureOptions, isSilo: true);
        return builder;
    }

    public static IClientBuilder UseTls(this IClientBuilder builder, X509Certificate2 certificate) => builder.UseTls(certificate, static _ => { });

    public static IClientBuilder UseTls(this IClientBuilder builder, X509Certificate2 certificate, Action<TlsOptions> configureOptions) =>
        builder.UseTls(With(certificate, configureOptions));

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
            if (isSilo && options.LocalCertificate is null)
                throw new OrleansConfigurationException("A silo with TLS needs a certificate: set TlsOptions.LocalCertificate.");
        });
}
