using System.Collections.Concurrent;
using System.Diagnostics;

namespace Actors.Demo;

/// <summary>A Standalone process of the demo's own, on a free port of loopback.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    /// <summary>Files that one checkpoint covers.</summary>
    public const int BatchFiles = 5;

    private const string Welcome = "Actors listens on ";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource<Uri> _endpoint = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private DemoServer(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Exited += (_, _) => _endpoint.TrySetException(new InvalidOperationException($"The server ended. It said:\n{string.Join('\n', _output)}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Endpoint => _endpoint.Task.Result;

    public int ProcessId => _process.Id;

    public static async Task<DemoServer> StartAsync(DemoFolder folder, int delayPerFileMs, CancellationToken cancellationToken)
    {
        var server = new DemoServer(new ProcessStartInfo(Repository.BuildOutput("src/Standalone", "Actors.Standalone"))
        {
            WorkingDirectory = folder.Data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--urls=http://127.0.0.1:0",
                $"--Actors:Standalone:DataFolder={folder.Data}",
                $"--Actors:ToolPacks:Paths:0={Repository.BuildOutput("samples/KnowledgeBase", "Actors.KnowledgeBase.dll")}",
                "--Actors:Authentication:AnonymousTenant=demo",
                $"--KnowledgeBase:Roots:0={folder.Documents}",
                $"--KnowledgeBase:BatchFiles={BatchFiles}",
                $"--KnowledgeBase:DelayPerFileMs={delayPerFileMs}",
            },
        });
        try
        {
            await server._endpoint.Task.WaitAsync(StartDeadline, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9, of the server alone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var late = new CancellationTokenSource(StopDeadline);
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        _output.Enqueue(line.Data ?? "");
        if (line.Data?.StartsWith(Welcome, StringComparison.Ordinal) == true)
            _endpoint.TrySetResult(new Uri(line.Data[Welcome.Length..]));
    }
}
