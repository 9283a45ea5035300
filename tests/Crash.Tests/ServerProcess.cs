using System.Diagnostics;
using System.Text;
using Actors.Checkout;

namespace Actors.Crash.Tests;

/// <summary>A real Standalone process with the fixture pack, in a data folder that outlives it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Welcome = "Actors listens on ";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource<Uri> _endpoint = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Exited += (_, _) => _endpoint.TrySetException(new InvalidOperationException($"The server ended. It said:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Endpoint => _endpoint.Task.Result;

    private string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static async Task<ServerProcess> StartAsync(string dataFolder, string stepsFolder, CancellationToken cancellationToken)
    {
        var start = Start(dataFolder, "--urls=http://127.0.0.1:0");
        start.ArgumentList.Add($"--Actors:ToolPacks:Paths:0={BuildOutput.Find("tests/FixturePack", "Actors.FixturePack.dll")}");
        start.Environment["ACTORS_FIXTURE_STEPS"] = stepsFolder;
        var server = new ServerProcess(start);
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

    /// <summary>A start that is meant to fail: its exit code, and what it said.</summary>
    public static async Task<(int Code, string Output)> RunToItsEndAsync(string dataFolder, string urls, CancellationToken cancellationToken)
    {
        await using var server = new ServerProcess(Start(dataFolder, urls));
        await server._process.WaitForExitAsync(cancellationToken).WaitAsync(StartDeadline, cancellationToken);
        return (server._process.ExitCode, server.Output);
    }

    /// <summary>An operator's command, given beside a server or without one: its exit code, and what it said.</summary>
    public static async Task<(int Code, string Output)> CommandAsync(string dataFolder, string[] command, CancellationToken cancellationToken)
    {
        var start = Start(dataFolder, "");
        start.ArgumentList.Clear();
        foreach (var argument in (string[])[.. command, $"--Actors:Standalone:DataFolder={dataFolder}"])
            start.ArgumentList.Add(argument);
        await using var process = new ServerProcess(start);
        await process._process.WaitForExitAsync(cancellationToken).WaitAsync(StartDeadline, cancellationToken);
        return (process._process.ExitCode, process.Output);
    }

    /// <summary>SIGKILL to the server alone: nothing in it gets to say goodbye.</summary>
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
        lock (_output)
            _output.AppendLine(line.Data);
        if (line.Data?.StartsWith(Welcome, StringComparison.Ordinal) == true)
            _endpoint.TrySetResult(new Uri(line.Data[Welcome.Length..]));
    }

    private static ProcessStartInfo Start(string dataFolder, string urls) => new(BuildOutput.Find("src/Standalone", "Actors.Standalone"))
    {
        WorkingDirectory = dataFolder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        ArgumentList =
        {
            urls,
            $"--Actors:Standalone:DataFolder={dataFolder}",
            "--Actors:Authentication:AnonymousTenant=tests",
        },
    };
}
