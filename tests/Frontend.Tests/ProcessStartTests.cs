using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Actors.Testing;
using Npgsql;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The programs themselves, started before what they need, or with what cannot work.</summary>
public sealed class ProcessStartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Actors.Frontend", "starting")]
    [InlineData("Actors.Silo", "not a member of the cluster yet")]
    public async Task Before_its_database_is_up_a_process_lives_is_not_ready_and_stops_when_told(string program, string obstacle)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        using var process = Start(program, url, $"Host=127.0.0.1;Port={FreePort()};Username=nobody;Database=none");
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        await UntilItAnswersAsync(http, process);

        using var ready = await http.GetAsync("/readyz", Token);
        Assert.Equal((503, obstacle), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync(Token)));

        await UntilItSaysAsync(process, "Waiting for PostgreSQL at 127.0.0.1:");
        _ = process.StandardOutput.ReadToEndAsync(Token);
        using (Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await process.WaitForExitAsync(Token).WaitAsync(Deadline, Token);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("Actors.Frontend", "The frontend did not start: 28P01")]
    [InlineData("Actors.Silo", "The silo did not start: 28P01")]
    public async Task A_wrong_password_is_said_in_a_sentence_and_ends_with_code_1(string program, string sentence)
    {
        await using var postgres = new PostgresServer();
        await postgres.InitializeAsync();
        var right = await postgres.CreateDatabaseAsync(cancellationToken: Token);
        using var process = Start(
            program, $"http://127.0.0.1:{FreePort()}", new NpgsqlConnectionStringBuilder(right) { Password = "wrong" }.ConnectionString);
        var said = process.StandardError.ReadToEndAsync(Token);
        _ = process.StandardOutput.ReadToEndAsync(Token);

        await process.WaitForExitAsync(Token).WaitAsync(Deadline, Token);

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith(sentence, await said, StringComparison.Ordinal);
    }

    private static async Task UntilItSaysAsync(Process process, string words)
    {
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Deadline, Token);
        while (line?.Contains(words, StringComparison.Ordinal) == false);
        Assert.NotNull(line);
    }

    private static async Task UntilItAnswersAsync(HttpClient http, Process process)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            try
            {
                using var live = await http.GetAsync("/healthz", deadline.Token);
                Assert.Equal(200, (int)live.StatusCode);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // It has not opened its port yet, and nobody says when it does.
                await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
            }
        }
    }

    private static Running Start(string program, string url, string database)
    {
        var running = new Running { StartInfo = Info(program, url, database) };
        running.Start();
        return running;
    }

    private static ProcessStartInfo Info(string program, string url, string database) =>
        new(Path.Combine(AppContext.BaseDirectory, program))
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { $"--urls={url}", $"--Actors:Storage:ConnectionString={database}", "--Actors:Cluster:AdvertisedAddress=127.0.0.1" },
        };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Does not outlive its test.</summary>
    private sealed class Running : Process
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing && !HasExited)
                Kill(entireProcessTree: true);
            base.Dispose(disposing);
        }
    }
}
