using System.Runtime.InteropServices;

namespace Actors.Cluster.Processes;

/// <summary>Signals, with Linux' numbers.</summary>
internal static partial class Signal
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>False: there is no such process any more.</summary>
    public static bool Send(int pid, int signal) => SendSignal(pid, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
