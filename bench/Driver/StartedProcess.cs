using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Driver;

/// <summary>A server under load, in a process of its own, from this configuration's build.</summary>
internal sealed class StartedProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private StartedProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>What it has used of the processors so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="project">The project's folder in the repository.</param>
    /// <param name="program">Its program.</param>
    /// <param name="path">What answers 200 once the server is ready.</param>
    /// <param name="settings">Its settings beside its address.</param>
    public static async Task<StartedProcess> StartAsync(string project, string program, string path, params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(
            BuildOutput(project, program),
            [$"--urls={address}", "--Logging:LogLevel:Default=Warning", .. settings.Select(setting => $"--{setting.Name}={setting.Value}")])
        {
            // Its welcome is for a person; what goes wrong comes on the other stream.
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var server = new StartedProcess(process, address);
        try
        {
            await server.ReadyAsync(path);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static string BuildOutput(string project, string file)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = own;
        while (!File.Exists(Path.Combine(root.FullName, "Actors.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The driver runs from within the repository.");
        return Path.Combine(root.FullName, project, "bin", own.Parent!.Name, own.Name, file);
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

    private async Task ReadyAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var late = new CancellationTokenSource(StartDeadline);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
