using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections;

namespace Orleans.Contract.Tests.StandIn.Connections;

public sealed class TlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_cross_a_secure_connection()
    {
        using var certificate = NewCertificate();
        await using var server = new Endpoint(tls: options => options.LocalCertificate = certificate) { Echoes = true };
        await server.ListenAsync();
        var thumbprint = certificate.Thumbprint;
        await using var client = new Endpoint(tls: options => options.RemoteCertificateValidation = (given, _, _) => given.Thumbprint == thumbprint);
        var connection = await client.ConnectAsync(server);

        for (var i = 0; i < 1_000; i++) Assert.True(connection.TrySend(Endpoint.FrameOf(connection, $"{i}")));

        for (var i = 0; i < 1_000; i++) Assert.Equal($"{i}", await client.Heard.Reader.ReadAsync(Token));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_rejected()
    {
        using var certificate = NewCertificate();
        await using var server = new Endpoint(tls: options => options.LocalCertificate = certificate);
        await server.ListenAsync();
        await using var client = new Endpoint(tls: static _ => { });

        var rejected = await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(server));

        Assert.Equal(ConnectionFailure.Rejected, rejected.Failure);
    }

    [Fact]
    public async Task Without_tls_nobody_gets_in_where_it_is_on()
    {
        using var certificate = NewCertificate();
        await using var server = new Endpoint(tls: options => options.LocalCertificate = certificate);
        await server.ListenAsync();
        await using var client = new Endpoint();

        await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(server));
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silo", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
