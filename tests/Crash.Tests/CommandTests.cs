namespace Actors.Crash.Tests;

/// <summary>The operator's commands of a server with a PostgreSQL of its own.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task A_command_finds_the_servers_database_while_it_runs_and_after()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("actors-commands-");
        try
        {
            await using (await ServerProcess.StartAsync(folder.FullName, folder.FullName, token))
            {
                var key = await ServerProcess.CommandAsync(folder.FullName, ["key", "--tenant", "acme", "--subject", "ann"], token);
                Assert.True(key.Code == 0, key.Output);
                var set = await ServerProcess.CommandAsync(folder.FullName, ["limits", "--tenant", "acme", "--max-running", "3"], token);
                Assert.True(set.Code == 0, set.Output);
            }

            var shown = await ServerProcess.CommandAsync(folder.FullName, ["limits", "--tenant", "acme"], token);
            Assert.Matches("(?m)^max-running +3\r?$", shown.Output);
            Assert.Equal(0, shown.Code);
            var secret = await ServerProcess.CommandAsync(folder.FullName, ["webhook-secret", "--tenant", "acme"], token);
            Assert.Contains("whsec_", secret.Output, StringComparison.Ordinal);
            var misused = await ServerProcess.CommandAsync(folder.FullName, ["hold", "--tenant", "acme", "--on"], token);
            Assert.Equal(1, misused.Code);
            Assert.Contains("usage: Actors.Standalone hold --tenant TENANT --job ID --on|--off", misused.Output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
