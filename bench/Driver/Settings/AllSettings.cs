using Actors.Checkout;

namespace Actors.Bench.Driver.Settings;

/// <summary>What is tried.</summary>
internal static class AllSettings
{
    private static readonly string SocketHook = BuildOutput.Find("bench/SocketHook", "Actors.Bench.SocketHook.dll");

    public static Setting Default { get; } = new("default", "as it ships");

    public static IReadOnlyList<Setting> Tried { get; } =
    [
        new("server-gc", "the server collector, which adapts its heaps (DATAS)") { Environment = [("DOTNET_gcServer", "1")] },
        new("server-gc-fixed", "the server collector, a heap for each processor") { Environment = [("DOTNET_gcServer", "1"), ("DOTNET_GCDynamicAdaptationMode", "0")] },
        new("gc-not-concurrent", "no concurrent collections") { Environment = [("DOTNET_gcConcurrent", "0")] },
        new("gen0-64m", "a youngest generation of 64 MiB") { Environment = [("DOTNET_GCgen0size", "0x4000000")] },
        new("no-pgo", "no profile while it runs (TieredPGO=0)") { Environment = [("DOTNET_TieredPGO", "0")] },
        new("threads-16", "at least 16 threads in the pool") { Environment = [("DOTNET_ThreadPool_ForceMinWorkerThreads", "0x10")] },
        new("inline-completions", "what a socket completes runs on the thread that looks at the sockets") { Environment = [("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1")] },
        new("socket-threads-2", "two threads that look at the sockets") { Environment = [("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "2")] },
        new("kestrel-inline", "Kestrel goes on where a socket completes (UnsafePreferInlineScheduling)") { Environment = [("DOTNET_STARTUP_HOOKS", SocketHook), ("BENCH_INLINE_SCHEDULING", "1")] },
        new("kestrel-queues-0", "Kestrel hands what comes straight to the pool (IOQueueCount=0)") { Environment = [("DOTNET_STARTUP_HOOKS", SocketHook), ("BENCH_IO_QUEUES", "0")] },
        new("writers-1", "one connection that commits") { Options = [("Actors:Storage:Jobs:WriterConnections", "1")] },
        new("writers-4", "four connections that commit") { Options = [("Actors:Storage:Jobs:WriterConnections", "4")] },
        new("connections-10", "ten connections in place of 30") { Options = [("Actors:Storage:MaxConnections", "10")] },
        new("no-reset", "no reset of a connection that goes back to the pool") { Database = ";No Reset On Close=true" },
    ];
}
