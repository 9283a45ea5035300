using System.Diagnostics;
using System.Globalization;

namespace Actors.Cluster.Processes;

/// <summary>
/// A program under a guard: a shell that reads a pipe from us and kills the program when the pipe ends, which it does when we
/// are killed too. So nothing that a test started, paused programs included, outlives the test.
/// </summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    // $0 is the log file; 3 is the pipe, which the program must not inherit.
    private const string Guard =
        """
        exec 3<&0 </dev/null 2>/dev/null
        "$@" 3<&- >>"$0" 2>&1 &
        program=$!
        echo "$program"
        { read -r nothing <&3; kill -9 "$program"; } >/dev/null 2>&1 &
        watch=$!
        exec 3<&- >/dev/null
        wait "$program"
        code=$?
        kill "$watch" 2>/dev/null
        exit "$code"
        """;

    private readonly Process _guard;

    private GuardedProcess(Process guard, int pid)
    {
        _guard = guard;
        Pid = pid;
        Ended = EndedAsync();
    }

    /// <summary>The program's own process, not the guard's.</summary>
    public int Pid { get; }

    /// <summary>The program's exit code once it has ended; 128 and the signal's number where one ended it.</summary>
    public Task<int> Ended { get; }

    public static GuardedProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string logFile)
    {
        // A session of its own, so that Ctrl-C in our terminal reaches us alone.
        var start = new ProcessStartInfo("/usr/bin/setsid", ["/bin/sh", "-c", Guard, logFile, program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(logFile),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var guard = Process.Start(start)!;
        var pid = guard.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{program} did not start.");
        return new GuardedProcess(guard, int.Parse(pid, CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the program, whatever state it is in.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
            _guard.StandardInput.Close();
        await Ended;
        _guard.Dispose();
    }

    private async Task<int> EndedAsync()
    {
        await _guard.WaitForExitAsync();
        return _guard.ExitCode;
    }
}
