using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Actors.Cli.Tests;

/// <summary>The ways the bridge ends.</summary>
public sealed class EndingTests(Service service)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_that_closes_its_end_gets_the_answers_under_way()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var call = await host.CallAsync("slow_compute", new JsonObject { ["seconds"] = 1 });

        host.CloseInput();

        Assert.Equal("Computed the answer.", (await host.ResultOfAsync(call, Token)).GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(0, await host.ExitAsync(Token));
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_after_the_end_is_given_up_with_code_3()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key, "--drain-seconds", "1");
        await host.CallAsync("slow_compute", new JsonObject { ["seconds"] = 60 });
        var since = Stopwatch.GetTimestamp();

        host.CloseInput();

        Assert.Equal(3, await host.ExitAsync(Token));
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0.9, 15);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_at_once_and_cleanly(string signal)
    {
        await using var host = BridgeHost.Start(service.Url, service.Key, "--drain-seconds", "60");
        await host.CallAsync("slow_compute", new JsonObject { ["seconds"] = 60 });
        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);
        var since = Stopwatch.GetTimestamp();

        using (Process.Start("kill", [$"-{signal}", $"{host.Process.Id}"]))
            Assert.Equal(0, await host.ExitAsync(Token));

        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 10);
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task A_host_that_takes_nothing_any_more_ends_it_with_code_4()
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", "\"$0\" stdio | head -n 1 >/dev/null; echo ${PIPESTATUS[0]}", Path.Combine(AppContext.BaseDirectory, "actors")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ACTORS_URL"] = service.Url.ToString();
        start.Environment["ACTORS_KEY"] = service.Key;
        using var shell = Process.Start(start)!;
        var code = shell.StandardOutput.ReadLineAsync(Token).AsTask();

        // The first answer is read by head, which then goes; sooner or later one of the others finds nobody there.
        for (var id = 1; !code.IsCompleted; id++)
        {
            try
            {
                await shell.StandardInput.WriteLineAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id}}}"); // Refused, by the bridge itself.
            }
            catch (IOException)
            {
                break; // The bridge has ended.
            }
            await Task.WhenAny(code, Task.Delay(TimeSpan.FromMilliseconds(50), Token));
            Assert.True(id < 600, "It goes on although nobody reads.");
        }

        Assert.Equal("4", await code.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }
}
