using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Actors.Storage.Postgres;

/// <summary>
/// A server left behind by a process that died. Its guard is already stopping it; this waits for it, and helps.
/// </summary>
internal static partial class StaleServer
{
    private const int SigInt = 2;
    private const int SigQuit = 3;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when no server works on the cluster any more. It never kills: that would cost a recovery.</summary>
    public static async Task StopAsync(string cluster, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(cluster, "postmaster.pid");
        if (await ReadPidAsync(pidFile, cancellationToken) is not { } pid) return;

        if (IsServerOf(pid, cluster))
        {
            if (await SignalAsync(pid, SigInt, cluster, timeout, cancellationToken)) return;
            // Immediate shutdown: the next start replays the log, nothing that was committed is lost.
            if (await SignalAsync(pid, SigQuit, cluster, timeout, cancellationToken)) return;
            throw new PrivatePostgresException($"The PostgreSQL server {pid} still works on {cluster} and does not stop.");
        }

        // The machine was restarted, and the number may be another program's by now.
        File.Delete(pidFile);
    }

    private static async Task<int?> ReadPidAsync(string pidFile, CancellationToken cancellationToken)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(pidFile, cancellationToken);
            return lines.Length > 0 && int.TryParse(lines[0], out var pid) ? pid : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsServerOf(int pid, string cluster)
    {
        if (!OperatingSystem.IsLinux()) return Kill(pid, 0) == 0;

        // A server's working folder is its cluster; a process that has ended, or is being reaped, has none.
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget == cluster;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<bool> SignalAsync(int pid, int signal, string cluster, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _ = Kill(pid, signal);
        var started = Stopwatch.GetTimestamp();
        while (IsServerOf(pid, cluster))
        {
            if (Stopwatch.GetElapsedTime(started) > timeout) return false;
            await Task.Delay(Poll, cancellationToken);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
