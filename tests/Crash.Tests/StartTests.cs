using System.Net;
using System.Net.Sockets;

namespace Actors.Crash.Tests;

/// <summary>A server that cannot start says why in one sentence, and ends.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_server_whose_port_is_taken_names_the_address_and_ends_with_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var folder = Directory.CreateTempSubdirectory("actors-start-");
        try
        {
            var (code, output) = await ServerProcess.RunToItsEndAsync(folder.FullName, $"--urls={address}", TestContext.Current.CancellationToken);
            Assert.Equal(1, code);
            Assert.Contains("Actors did not start: ", output, StringComparison.Ordinal);
            Assert.Contains(address, output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_server_open_to_a_network_without_keys_refuses_and_says_what_to_change()
    {
        var folder = Directory.CreateTempSubdirectory("actors-start-");
        try
        {
            var (code, output) = await ServerProcess.RunToItsEndAsync(folder.FullName, "--urls=http://0.0.0.0:0", TestContext.Current.CancellationToken);
            Assert.Equal(1, code);
            Assert.Contains("Listen on loopback only", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
