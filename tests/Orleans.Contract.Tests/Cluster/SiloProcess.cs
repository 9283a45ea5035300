using System.Diagnostics;
using System.Globalization;
using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>A silo in a process of its own, which a test can kill, pause and stop.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    public const string Verb = "silo";
    private const string Ready = "ready";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SiloProcess(Process process, SiloAddress address)
    {
        _process = process;
        Address = address;
    }

    public SiloAddress Address { get; }

    /// <param name="cluster">Whose silo it is.</param>
    /// <param name="behind">What other silos reach it through; null for no detour.</param>
    public static async Task<SiloProcess> StartAsync(TestCluster cluster, Detour? behind = null)
    {
        string[] detour = behind is null ? [] : [Text(behind.Port), Text(behind.TargetPort)];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, cluster.ConnectionString, .. detour])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true
        })!;
        try
        {
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline) is { } line)
            {
                if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;

                var address = SiloAddress.FromParsableString(line[Ready.Length..].Trim());
                await cluster.SeenAsync(address);
                return new SiloProcess(process, address);
            }

            throw new InvalidOperationException("The silo's process ended before it was ready.");
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>The main of such a process: stops when its input ends.</summary>
    public static async Task RunAsync(string[] args)
    {
        using var host = TestCluster.BuildSilo(args[1], silo =>
        {
            if (args is not [_, _, var known, var actual]) return;
            silo.Configure<EndpointOptions>(options =>
            {
                options.SiloPort = int.Parse(known, CultureInfo.InvariantCulture);
                options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, int.Parse(actual, CultureInfo.InvariantCulture));
            });
        }, []);
        await host.StartAsync();
        var silo = (ILocalSiloDetails)host.Services.GetService(typeof(ILocalSiloDetails))!;
        Console.WriteLine($"{Ready} {silo.SiloAddress.ToParsableString()}");
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    public bool HasExited => _process.HasExited;

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    public Task ExitAsync() => _process.WaitForExitAsync().WaitAsync(Deadline);

    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await ExitAsync();
    }

    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Text(_process.Id)]);
        kill.WaitForExit();
    }
}
