using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Actors.Storage.Postgres;

/// <summary>
/// A running server, under a guard: a shell that reads a pipe from us, and stops the server when the pipe ends, which it
/// does when we close it and also when we are killed.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The server is the shell's child, so "wait" ends when the server does, by itself or by the signal.
    // $0 is the log file; 3 is the pipe, which the server must not inherit.
    private const string Guard =
        """
        exec 3<&0 </dev/null
        "$@" 3<&- >>"$0" 2>&1 &
        server=$!
        { read -r nothing <&3; kill -INT "$server" 2>/dev/null; } &
        exec 3<&-
        wait "$server"
        """;

    private readonly Process _guard;
    private readonly PrivatePostgresOptions _options;

    private ServerProcess(Process guard, int port, PrivatePostgresOptions options)
    {
        _guard = guard;
        Port = port;
        _options = options;
    }

    public int Port { get; }

    public bool HasExited => _guard.HasExited;

    public static ServerProcess Start(ClusterFolder folder, PostgresPrograms programs, ServerAccount account, PrivatePostgresOptions options)
    {
        var port = options.Port ?? FreePort();
        File.WriteAllText(folder.LogFile, "");
        var server = account.Run([programs.Postgres, "-D", folder.Cluster, .. Settings(port, options)]);
        // A session of its own, so that Ctrl-C in our terminal reaches us alone, and we stop the server last.
        string[] session = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid", "/bin/sh"] : ["/bin/sh"];
        var start = new ProcessStartInfo(session[0], [.. session[1..], "-c", Guard, folder.LogFile, .. server])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        return new ServerProcess(Process.Start(start)!, port, options);
    }

    /// <summary>Stops the server: open transactions are rolled back, what was committed is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        using var deadline = new CancellationTokenSource(_options.StopTimeout);
        try
        {
            await _guard.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // It goes on stopping without us; the next start waits for it.
        }

        _guard.Dispose();
    }

    private static IEnumerable<string> Settings(int port, PrivatePostgresOptions options)
    {
        (string Name, string Value)[] settings =
        [
            ("listen_addresses", "127.0.0.1"),
            ("port", port.ToString(CultureInfo.InvariantCulture)),
            ("unix_socket_directories", ""),
            ("max_connections", options.MaxConnections.ToString(CultureInfo.InvariantCulture)),
            ("shared_buffers", $"{options.SharedBuffersMiB}MB"),
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),
            // No replica will ever follow: the log need not say more than a recovery wants.
            ("wal_level", "minimal"),
            ("max_wal_senders", "0"),
            ("wal_compression", "on"),
            ("max_wal_size", "1GB"),
            ("checkpoint_timeout", "15min"),
            ("jit", "off"),
            ("log_checkpoints", "off"),
        ];
        return settings.SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
