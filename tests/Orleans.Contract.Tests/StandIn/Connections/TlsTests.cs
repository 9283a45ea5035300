using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections;
using Orleans.Connections.Security;

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
    public async Task A_silo_that_demands_a_certificate_lets_nobody_in_without_one()
    {
        using var certificate = NewCertificate();
        var thumbprint = certificate.Thumbprint;
        await using var server = new Endpoint(tls: options =>
        {
            options.LocalCertificate = certificate;
            options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.RemoteCertificateValidation = (given, _, _) => given.Thumbprint == thumbprint;
        });
        await server.ListenAsync();
        await using var without = new Endpoint(tls: static options => options.AllowAnyRemoteCertificate());
        await using var with = new Endpoint(tls: options =>
        {
            options.LocalCertificate = certificate;
            options.AllowAnyRemoteCertificate();
        });

        var rejected = await Assert.ThrowsAsync<ConnectionFailedException>(() => without.ConnectAsync(server));
        Assert.False(rejected.IsGone);
        await Eventually.TrueAsync(() => Task.FromResult(server.Log.Any("turned away")));
        Assert.False((await with.ConnectAsync(server)).IsClosed);
    }

    [Fact]
    public async Task A_certificate_chosen_by_the_name_that_is_asked_for_is_shown()
    {
        using var certificate = NewCertificate();
        string? asked = null;
        await using var server = new Endpoint(tls: options => options.LocalServerCertificateSelector = (_, name) =>
        {
            asked = name;
            return certificate;
        });
        await server.ListenAsync();
        await using var client = new Endpoint(tls: static options =>
        {
            options.AllowAnyRemoteCertificate();
            options.OnAuthenticateAsClient = static (_, authentication) => authentication.TargetHost = "silo.example";
        });

        Assert.False((await client.ConnectAsync(server)).IsClosed);
        Assert.Equal("silo.example", asked);
    }

    [Fact]
    public async Task Tls_does_not_replace_the_clusters_secret()
    {
        using var certificate = NewCertificate();
        await using var server = new Endpoint(tls: options => options.LocalCertificate = certificate);
        await server.ListenAsync();
        await using var stranger = new Endpoint(secret: "another", tls: static options => options.AllowAnyRemoteCertificate());

        var rejected = await Assert.ThrowsAsync<ConnectionFailedException>(() => stranger.ConnectAsync(server));

        Assert.Equal(ConnectionFailure.Rejected, rejected.Failure);
        Assert.Contains("secret", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_message_crosses_a_secure_connection_whole()
    {
        using var certificate = NewCertificate();
        await using var server = new Endpoint(tls: options => options.LocalCertificate = certificate);
        await server.ListenAsync();
        await using var client = new Endpoint(tls: static options => options.AllowAnyRemoteCertificate());
        var connection = await client.ConnectAsync(server);
        var text = new string('x', 3_000_000) + "end";

        Assert.True(connection.TrySend(Endpoint.FrameOf(connection, text)));
        await connection.CloseAsync();

        Assert.Equal(text, await server.Heard.Reader.ReadAsync(Token));
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
