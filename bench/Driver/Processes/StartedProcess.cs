using System.Diagnostics;

namespace Actors.Bench.Driver.Processes;

/// <summary>A server under load, in a process of its own.</summary>
internal sealed class StartedProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private StartedProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Pid => _process.Id;

    /// <summary>Starts a program of ours, and waits until it answers.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="readyPath">What answers 200 once the server is ready.</param>
    /// <param name="settings">Its settings beside its address.</param>
    public static Task<StartedProcess> StartAsync(string program, string readyPath, params IReadOnlyList<(string Name, string Value)> settings) =>
        StartAsync(program, readyPath, [], settings);

    /// <summary>The same, with variables that it finds beside those of this process.</summary>
    public static Task<StartedProcess> StartAsync(
        string program, string readyPath, IReadOnlyList<(string Name, string Value)> environment, IReadOnlyList<(string Name, string Value)> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = new ProcessStartInfo(program, [$"--urls={address}", "--Logging:LogLevel:Default=Warning", .. settings.Select(setting => $"--{setting.Name}={setting.Value}")]);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return StartAsync(start, address, readyPath);
    }

    /// <summary>Starts a script of bench/npm, which is told its port, and waits until it answers.</summary>
    public static Task<StartedProcess> StartNodeAsync(string script, string readyPath)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        return StartAsync(
            new ProcessStartInfo(NodeProgram.Path, [NodeProgram.Script(script), $"{address.Port}"]) { Environment = { ["NODE_ENV"] = "production" } }, address, readyPath);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var late = new CancellationTokenSource(StopDeadline);
            await _process.WaitForExitAsync(late.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static async Task<StartedProcess> StartAsync(ProcessStartInfo start, Uri address, string readyPath)
    {
        // Its welcome is for a person; what goes wrong comes on the other stream.
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var server = new StartedProcess(process, address);
        try
        {
            await server.ReadyAsync(readyPath);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task ReadyAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var late = new CancellationTokenSource(StartDeadline);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await poll.WaitForNextTickAsync(late.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{Path.GetFileName(_process.StartInfo.FileName)} ended instead of starting.");
            try
            {
                using var response = await http.GetAsync(new Uri(path, UriKind.Relative), late.Token);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet: the loop has the deadline.
            }
        }
    }
}
