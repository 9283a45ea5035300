using System.Diagnostics;
using System.Globalization;
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

    public static async Task<SiloProcess> StartAsync(TestCluster cluster)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, cluster.ConnectionString])
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
        using var host = TestCluster.BuildSilo(args[1], null);
        await host.StartAsync();
        var silo = (ILocalSiloDetails)host.Services.GetService(typeof(ILocalSiloDetails))!;
        Console.WriteLine($"{Ready} {silo.SiloAddress.ToParsableString()}");
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

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

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
