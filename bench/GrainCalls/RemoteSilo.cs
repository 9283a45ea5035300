using System.Diagnostics;
using System.Net;
using Actors.Storage.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Actors.Bench.GrainCalls;

/// <summary>A silo in a process of its own, with the database that it and its client find each other by.</summary>
internal sealed class RemoteSilo : IAsyncDisposable
{
    public const string Verb = "silo";
    private const string Ready = "ready";

    private readonly PrivatePostgres _postgres;
    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private RemoteSilo(PrivatePostgres postgres, DirectoryInfo folder, Process process) =>
        (_postgres, _folder, _process) = (postgres, folder, process);

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<RemoteSilo> StartAsync()
    {
        // Not CreateTempSubdirectory, which is closed to the account that Postgres runs as where this runs as root.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"actors-bench-{Guid.NewGuid():N}"));
        var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder.FullName }, NullLogger.Instance);
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Verb, postgres.ConnectionString])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true
        })!;
        if (await process.StandardOutput.ReadLineAsync() != Ready) throw new InvalidOperationException("The silo did not start.");
        return new RemoteSilo(postgres, folder, process);
    }

    /// <summary>The main of the silo's process: stops when its input ends.</summary>
    public static async Task RunAsync(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(Name)
            .ConfigureEndpoints(IPAddress.Loopback, EndpointOptions.DEFAULT_SILO_PORT + 7, EndpointOptions.DEFAULT_GATEWAY_PORT + 7)
            .UseAdoNetClustering((AdoNetClusteringSiloOptions options) => (options.Invariant, options.ConnectionString) = ("Npgsql", connectionString)));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    public async Task<IHost> ConnectAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(Name)
            .UseAdoNetClustering((AdoNetClusteringClientOptions options) =>
                (options.Invariant, options.ConnectionString) = ("Npgsql", _postgres.ConnectionString)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = ("bench", "bench");
}
