using System.Diagnostics;
using System.Globalization;
using Actors.Bench.SocketHook;

/// <summary>The runtime calls it before Main where DOTNET_STARTUP_HOOKS names this assembly, and only in this name and without a namespace.</summary>
internal static class StartupHook
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new HostWatch(options =>
    {
        if (Environment.GetEnvironmentVariable("BENCH_IO_QUEUES") is { } queues)
            options.IOQueueCount = int.Parse(queues, CultureInfo.InvariantCulture);
        options.UnsafePreferInlineScheduling = Environment.GetEnvironmentVariable("BENCH_INLINE_SCHEDULING") == "1";
    }));
}
