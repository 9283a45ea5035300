using System.Diagnostics;
using System.Globalization;

namespace Actors.Storage.Tests.Postgres;

/// <summary>Another process that runs a private server, for the tests to kill.</summary>
internal sealed class OwnerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private OwnerProcess(Process process, string folder, string connectionString)
    {
        _process = process;
        _folder = folder;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>The server's process id.</summary>
    public int ServerId => int.Parse(File.ReadLines(Path.Combine(_folder, "cluster", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static async Task<OwnerProcess> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Actors.PostgresOwner.dll"), folder])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var connectionString = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return new OwnerProcess(process, folder, connectionString ?? throw new InvalidOperationException("The server's owner ended before it had started."));
    }

    /// <summary>kill -9, of this process alone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -9 of the guard that would stop the server, and then of the process: the server is left alone.</summary>
    public async Task KillWithGuardAsync()
    {
        var server = ServerId;
        var guard = ParentOf(server);
        foreach (var id in Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)))
        {
            if (id != server && ParentOf(id) == guard) Kill(id);
        }

        Kill(guard);
        await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static int ParentOf(int id)
    {
        try
        {
            // "pid (name) state parent …"
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
