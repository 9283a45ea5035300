using System.Globalization;
using Actors.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Cluster.Processes;

/// <summary>The cluster's PostgreSQL: the same data and the same port over every stop and crash.</summary>
public sealed class ClusterPostgres : IAsyncDisposable
{
    private const int MaxConnections = 400; // each process opens up to some forty

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan KillDeadline = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private PrivatePostgres? _server;

    private ClusterPostgres(string folder) => _folder = folder;

    public int Port { get; } = FreePorts.Next();

    public bool IsRunning => _server is not null;

    /// <summary>Straight to the server, through no proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    public static async Task<ClusterPostgres> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var postgres = new ClusterPostgres(folder);
        await postgres.StartAgainAsync(cancellationToken);
        return postgres;
    }

    /// <summary>The same database, reached at another port.</summary>
    public string ConnectionStringAt(int port) => new NpgsqlConnectionStringBuilder(ConnectionString) { Port = port }.ConnectionString;

    /// <summary>SIGKILL to the server and all its processes: it has to replay its log when it starts again.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var server = _server ?? throw new InvalidOperationException("Postgres does not run.");
        var postmaster = int.Parse(File.ReadLines(Path.Combine(_folder, "cluster", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        int[] all = [postmaster, .. ChildrenOf(postmaster)];
        foreach (var pid in all)
            Signal.Send(pid, Signal.Kill);
        var since = TimeProvider.System.GetTimestamp();
        while (all.Any(Lives) && TimeProvider.System.GetElapsedTime(since) < KillDeadline)
            await Task.Delay(Poll, cancellationToken);
        _server = null;
        await server.DisposeAsync();
    }

    /// <summary>An orderly stop that does not wait for its clients.</summary>
    public async Task StopAsync()
    {
        var server = _server ?? throw new InvalidOperationException("Postgres does not run.");
        _server = null;
        await server.DisposeAsync();
    }

    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _server = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions { DataFolder = _folder, Port = Port, MaxConnections = MaxConnections }, NullLogger.Instance, cancellationToken);
        ConnectionString = _server.ConnectionString;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var pid) && StatOf(pid) is { } stat && stat.Parent == parent)
                yield return pid;
        }
    }

    private static bool Lives(int pid) => StatOf(pid) is { State: not "Z" };

    /// <summary>Null: there is no such process.</summary>
    private static (string State, int Parent)? StatOf(int pid)
    {
        try
        {
            // The name in brackets may hold anything.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
