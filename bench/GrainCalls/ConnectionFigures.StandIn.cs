using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Connections;
using Orleans.Membership;
using Orleans.Runtime;

namespace Actors.Bench.GrainCalls;

internal static partial class ConnectionFigures
{
    static partial void Answer(ref Task answered) => answered = AnswerUntilTheEndAsync();

    static partial void Measure(ref Task measured) => measured = MeasureAsync();

    private static async Task AnswerUntilTheEndAsync()
    {
        await using var services = Services();
        var self = SiloAddress.New(FreeEndpoint(), 1);
        using var listener = new EndpointListener(
            "the bench", self.Endpoint, new PeerIdentity(self, "peer"), new FrameEcho(), services.GetRequiredService<Transport>(),
            services.GetRequiredService<ConnectionMaker>(), services.GetRequiredService<ConnectionLimits>(), services.GetRequiredService<ConnectionLog>());
        await listener.StartAsync(CancellationToken.None);
        Console.WriteLine(self.ToParsableString());
        await Console.In.ReadToEndAsync();
        await listener.CloseAsync();
    }

    private static async Task MeasureAsync()
    {
        using var peer = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, PeerCommand)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true
        })!;
        var address = SiloAddress.Parse((await peer.StandardOutput.ReadLineAsync())!);
        await using var services = Services();
        var pool = services.GetRequiredService<ConnectionPool>();
        var callers = new FrameCallers(128);
        pool.Receiver = callers;
        var connection = await pool.GetAsync(address, CancellationToken.None);
        foreach (var count in (int[])[1, 128])
        {
            var before = ProcessorTime(peer);
            var startedAt = Stopwatch.GetTimestamp();
            var measured = await Measurement.OfAsync(count, (caller, value) => callers.CallAsync(connection, caller, value));
            var busy = (ProcessorTime(peer) - before) / Stopwatch.GetElapsedTime(startedAt);
            Console.WriteLine($"{count} callers over one connection, frames there and back between two processes");
            Console.WriteLine($"  frames          {measured}");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  processors      {busy:N2} busy in both processes, {busy * 1_000_000 / measured.CallsPerSecond:N1} us per round trip"));
        }

        await pool.CloseAsync(CancellationToken.None);
        peer.StandardInput.Close();
        await peer.WaitForExitAsync();
    }

    private static TimeSpan ProcessorTime(Process peer)
    {
        using var self = Process.GetCurrentProcess();
        peer.Refresh();
        return self.TotalProcessorTime + peer.TotalProcessorTime;
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new(ClusterSecret.ConfigurationKey, "bench")]).Build())
            .AddSingleton<ISecretTable, LocalMemberTable>()
            .AddSingleton<MessagingOptions, ClientMessagingOptions>();
        services.AddClientConnections();
        return services.BuildServiceProvider();
    }

    private static IPEndPoint FreeEndpoint()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)probe.LocalEndPoint!).Port);
    }
}
