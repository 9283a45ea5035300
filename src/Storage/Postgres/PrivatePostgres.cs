using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// A PostgreSQL server of our own, from the machine's programs, for a laptop and for tests: loopback only, on a free port,
/// with a password of its own and fsync on. It stops with this process, however that ends, and the folder is good for
/// the next start.
/// </summary>
public sealed partial class PrivatePostgres : IAsyncDisposable
{
    private const int PortAttempts = 3; // somebody may take the free port before the server does
    private static readonly TimeSpan ConnectRetry = TimeSpan.FromMilliseconds(50);

    private readonly ClusterFolder _folder;
    private readonly ServerProcess _server;
    private readonly ILogger _logger;

    private PrivatePostgres(ClusterFolder folder, ServerProcess server, string connectionString, ILogger logger)
    {
        _folder = folder;
        _server = server;
        ConnectionString = connectionString;
        _logger = logger;
    }

    /// <summary>Connects as the server's superuser to <see cref="PrivatePostgresOptions.Database"/>. It holds the password.</summary>
    public string ConnectionString { get; }

    /// <exception cref="PrivatePostgresException">No PostgreSQL on this machine, or it does not start; the message says why.</exception>
    public static async Task<PrivatePostgres> StartAsync(
        PrivatePostgresOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        if (OperatingSystem.IsWindows()) throw new PrivatePostgresException("A private PostgreSQL needs Linux or macOS; give a connection string.");

        var programs = await PostgresPrograms.FindAsync(options.BinFolder, cancellationToken);
        var account = ServerAccount.Choose(options.DataFolder);
        var folder = await ClusterFolder.OpenAsync(options.DataFolder, options.StopTimeout, cancellationToken);
        try
        {
            var password = await folder.InitializeAsync(programs, account, cancellationToken);
            await StaleServer.StopAsync(folder.Cluster, options.StopTimeout, cancellationToken);
            for (var attempt = 1; ; attempt++)
            {
                var server = ServerProcess.Start(folder, programs, account, options);
                if (await ConnectAsync(folder, server, password, options, attempt < PortAttempts, cancellationToken) is { } connectionString)
                {
                    LogStarted(logger, programs.MajorVersion, server.Port, folder.Cluster);
                    return new PrivatePostgres(folder, server, connectionString, logger);
                }
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        _folder.Dispose();
        LogStopped(_logger, _folder.Cluster);
    }

    /// <summary>Null when the port was taken and another may be tried.</summary>
    private static async Task<string?> ConnectAsync(
        ClusterFolder folder, ServerProcess server, string password, PrivatePostgresOptions options, bool mayRetry, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = server.Port, Username = ClusterFolder.User, Password = password, Database = "postgres", Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        try
        {
            await WaitUntilReadyAsync(builder.ConnectionString, server, options, cancellationToken);
            await CreateDatabaseAsync(builder.ConnectionString, options.Database, cancellationToken);
        }
        catch (Exception exception)
        {
            await server.DisposeAsync();
            if (exception is not PrivatePostgresException) throw;

            var log = await File.ReadAllTextAsync(folder.LogFile, cancellationToken);
            if (mayRetry && log.Contains("Address already in use", StringComparison.Ordinal)) return null;
            throw new PrivatePostgresException($"{exception.Message} Its log, {folder.LogFile}, ends: {log[Math.Max(0, log.Length - 2000)..]}", exception);
        }

        builder.Database = options.Database;
        builder.Pooling = true;
        return builder.ConnectionString;
    }

    private static async Task WaitUntilReadyAsync(
        string connectionString, ServerProcess server, PrivatePostgresOptions options, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (server.HasExited) throw new PrivatePostgresException("PostgreSQL ended instead of starting.");
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (exception.IsTransient || exception.InnerException is IOException or System.Net.Sockets.SocketException)
            {
                if (Stopwatch.GetElapsedTime(started) > options.StartTimeout)
                    throw new PrivatePostgresException($"PostgreSQL did not start within {options.StartTimeout.TotalSeconds:0} s.", exception);
                await Task.Delay(ConnectRetry, cancellationToken);
            }
        }
    }

    private static async Task CreateDatabaseAsync(string connectionString, string database, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var look = new NpgsqlCommand("SELECT FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = database } } };
        await using (var reader = await look.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken)) return;
        }

        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL {MajorVersion} runs on 127.0.0.1:{Port}, data in {Cluster}")]
    private static partial void LogStarted(ILogger logger, int majorVersion, int port, string cluster);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL has stopped, data in {Cluster}")]
    private static partial void LogStopped(ILogger logger, string cluster);
}
