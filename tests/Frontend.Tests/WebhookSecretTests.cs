using System.Diagnostics;
using Actors.Testing;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The command that shows what messages to webhooks are signed with.</summary>
public sealed class WebhookSecretTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenants_secret_is_shown_again_and_rotated()
    {
        await using var postgres = new PostgresServer();
        await postgres.InitializeAsync();
        var database = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        await RunAsync(database, "key", "--tenant", "acme", "--subject", "ada");

        var first = await RunAsync(database, "webhook-secret", "--tenant", "acme");
        var again = await RunAsync(database, "webhook-secret", "--tenant", "acme");
        var rotated = await RunAsync(database, "webhook-secret", "--tenant", "acme", "--rotate");
        var after = await RunAsync(database, "webhook-secret", "--tenant", "acme");
        var nobody = await RunAsync(database, "webhook-secret", "--tenant", "globex");

        Assert.Equal(first, again);
        Assert.Equal(rotated, after);
        Assert.NotEqual(first, rotated);
        Assert.Equal(0, first.Code);
        Assert.StartsWith("whsec_", first.Said, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(first.Said["whsec_".Length..]).Length);
        Assert.Equal((1, ""), nobody);
    }

    private static async Task<(int Code, string Said)> RunAsync(string database, params string[] command)
    {
        using var process = new Process
        {
            StartInfo = new(Path.Combine(AppContext.BaseDirectory, "Actors.Frontend"), [.. command, $"--Actors:Storage:ConnectionString={database}"])
            {
                WorkingDirectory = Path.GetTempPath(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        _ = process.StandardError.ReadToEndAsync(Token);
        var said = await process.StandardOutput.ReadToEndAsync(Token).WaitAsync(Deadline, Token);
        await process.WaitForExitAsync(Token).WaitAsync(Deadline, Token);
        return (process.ExitCode, said.Trim());
    }
}
