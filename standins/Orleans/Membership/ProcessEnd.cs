using System.Diagnostics;

namespace Orleans.Membership;

/// <summary>The end of a process that could not stop.</summary>
internal static class ProcessEnd
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Exits, and where a handler of the exit hangs as well, kills.</summary>
    public static void Now(int exitCode)
    {
        new Thread(() => Environment.Exit(exitCode)) { IsBackground = true, Name = nameof(ProcessEnd) }.Start();
        using var never = new ManualResetEventSlim();
        never.Wait(ExitTimeout);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
