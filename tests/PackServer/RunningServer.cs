using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Checkout;
using Actors.Testing;
using ModelContextProtocol.Client;

namespace Actors.PackServer;

/// <summary>A real Standalone process with one tool pack, on a Postgres of the tests' that outlives it, with a key for each tenant.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);

    private readonly PostgresServer _postgres = new();
    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string> _settings;
    private TenantKeys? _keys;
    private Process? _process;

    private RunningServer(Dictionary<string, string> settings) => _settings = settings;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string ConnectionString { get; private set; } = "";

    public static async Task<RunningServer> StartAsync(string pack, Dictionary<string, string> settings)
    {
        var server = new RunningServer(settings);
        try
        {
            await server._postgres.InitializeAsync();
            server.ConnectionString = await server._postgres.CreateDatabaseAsync();
            server._keys = new TenantKeys(server.ConnectionString);
            settings["Actors:Storage:ConnectionString"] = server.ConnectionString;
            settings["Actors:ToolPacks:Paths:0"] = BuildOutput.Find(pack, $"Actors.{Path.GetFileName(pack)}.dll");
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task StartAgainAsync()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(BuildOutput.Find("src/Standalone", "Actors.Standalone"), [$"--urls={Address}", .. _settings.Select(s => $"--{s.Key}={s.Value}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(_process);
    }

    /// <summary>SIGKILL: nothing in the process gets to say goodbye.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    public Task<string> KeyAsync(string tenant) => _keys!.GetAsync(tenant);

    public async Task<TaskClient> TasksAsync(string tenant = "readers") => TaskClient.To(Address, await KeyAsync(tenant));

    public async Task<PackClient> ClientAsync(string tenant = "readers")
    {
        var transport = new HttpClientTransport(new()
        {
            Endpoint = new Uri(Address, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {await KeyAsync(tenant)}" },
        });
        return new PackClient(await McpClient.CreateAsync(transport));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await StopAsync(_process);
        _process?.Dispose();
        await _postgres.DisposeAsync();
    }

    private static async Task StopAsync(Process process)
    {
        using var terminate = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        using var late = new CancellationTokenSource(StopDeadline);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task ReadyAsync(Process process)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var late = new CancellationTokenSource(StartDeadline);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await poll.WaitForNextTickAsync(CancellationToken.None))
        {
            if (process.HasExited || late.IsCancellationRequested)
                throw new InvalidOperationException($"The server did not start. It said:\n{Output()}");
            try
            {
                using var response = await http.GetAsync(new Uri("/readyz", UriKind.Relative), late.Token);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Not yet: the loop has the deadline.
            }
        }
    }

    private string Output()
    {
        lock (_output)
            return _output.ToString();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
