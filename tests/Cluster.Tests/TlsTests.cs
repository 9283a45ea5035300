using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Actors.Cluster.Tests;

/// <summary>A cluster whose processes speak TLS with each other.</summary>
public sealed class TlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_run_and_the_death_of_a_silo_is_survived_over_TLS()
    {
        var file = Path.Combine(Path.GetTempPath(), $"actors-test-{Guid.NewGuid():N}.pfx");
        try
        {
            await File.WriteAllBytesAsync(file, Certificate("cluster"), Token);
            await using var own = await OwnCluster.StartAsync(
                new Dictionary<string, string> { ["Actors:Cluster:Certificate"] = file, ["Actors:Cluster:CertificatePassword"] = "cluster" }, Token);
            var jobs = await own.StartCountingAsync(jobs: 20, steps: 20, delayMs: 200, Token);

            await own.Cluster.Silos[0].KillAsync(Token);

            await own.AllEndAsync(jobs, Token);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] Certificate(string password)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=actors-test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, password);
    }
}
