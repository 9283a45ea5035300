using System.Diagnostics;
using System.Runtime.Versioning;
using Actors.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Postgres;

[UnsupportedOSPlatform("windows")]
public sealed class PrivatePostgresTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"actors-tests-{Guid.NewGuid():N}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_folder)) return;
        await using (await StartAsync())
        {
            // whatever a test left running is stopped by the next start
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_server_is_durable_private_and_there_again_after_a_clean_stop()
    {
        await using (var first = await StartAsync())
        {
            await RunAsync(first.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
            Assert.Equal("127.0.0.1", await RunAsync(first.ConnectionString, "SHOW listen_addresses"));
            Assert.Equal("on", await RunAsync(first.ConnectionString, "SHOW fsync"));
            Assert.Equal("on", await RunAsync(first.ConnectionString, "SHOW synchronous_commit"));
            Assert.Equal("UTF8", await RunAsync(first.ConnectionString, "SHOW server_encoding"));
            Assert.Equal("é", await RunAsync(first.ConnectionString, "SELECT lower('É')"));
            var stranger = new NpgsqlConnectionStringBuilder(first.ConnectionString) { Password = "guess" }.ConnectionString;
            Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(stranger, "SELECT 1"))).SqlState);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "password")));
        }

        Assert.False(File.Exists(Path.Combine(_folder, "cluster", "postmaster.pid")));
        await using var second = await StartAsync();
        Assert.Equal(7, await RunAsync(second.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task When_its_process_is_killed_the_server_stops_by_itself_and_nothing_is_lost()
    {
        await using var owner = await OwnerProcess.StartAsync(_folder, Cancellation);
        await RunAsync(owner.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
        var server = owner.ServerId;

        await owner.KillAsync();
        await EndedAsync(server);

        await using var next = await StartAsync();
        Assert.Equal(1, await RunAsync(next.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_start_right_after_a_kill_gets_the_folder_and_all_that_was_committed()
    {
        await using var owner = await OwnerProcess.StartAsync(_folder, Cancellation);
        await RunAsync(owner.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (2)");

        await owner.KillAsync();
        await using var next = await StartAsync();

        Assert.Equal(2, await RunAsync(next.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_server_left_alone_with_nobody_to_stop_it_is_stopped_by_the_next_start()
    {
        await using var owner = await OwnerProcess.StartAsync(_folder, Cancellation);
        await RunAsync(owner.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (3)");
        var server = owner.ServerId;
        await owner.KillWithGuardAsync();
        Assert.Equal(3, await RunAsync(owner.ConnectionString, "SELECT n FROM kept")); // it still runs

        await using var next = await StartAsync();

        await EndedAsync(server);
        Assert.Equal(3, await RunAsync(next.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_server_that_was_killed_recovers_what_was_committed()
    {
        await using var owner = await OwnerProcess.StartAsync(_folder, Cancellation);
        await RunAsync(owner.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (4)");
        using (var server = Process.GetProcessById(owner.ServerId)) server.Kill();
        await owner.KillAsync();

        await using var next = await StartAsync();

        Assert.Equal(4, await RunAsync(next.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_stale_pid_file_that_names_another_program_is_no_obstacle()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "cluster", "postmaster.pid"), $"{Environment.ProcessId}\n{_folder}/cluster\n", Cancellation);

        await using var next = await StartAsync();

        Assert.Equal(1, await RunAsync(next.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_folder_whose_creation_was_interrupted_is_created_anew()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "cluster.unfinished", "base"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "cluster.unfinished", "PG_VERSION"), "15", Cancellation);

        await using var postgres = await StartAsync();

        Assert.Equal(1, await RunAsync(postgres.ConnectionString, "SELECT 1"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "cluster.unfinished")));
    }

    [Fact]
    public async Task A_folder_in_use_is_refused_and_its_server_left_in_peace()
    {
        await using var owner = await OwnerProcess.StartAsync(_folder, Cancellation);
        var options = new PrivatePostgresOptions { DataFolder = _folder, StopTimeout = TimeSpan.FromMilliseconds(200) };

        var exception = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(options, NullLogger.Instance, Cancellation));

        Assert.Contains("in use", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync(owner.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task Without_the_programs_the_error_names_the_package()
    {
        var options = new PrivatePostgresOptions { DataFolder = _folder, BinFolder = Path.GetTempPath() };

        var exception = await Assert.ThrowsAsync<PrivatePostgresException>(() => PrivatePostgres.StartAsync(options, NullLogger.Instance, Cancellation));

        Assert.Contains("apt-get install postgresql", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_another_version_is_left_alone_and_named()
    {
        var version = Path.Combine(_folder, "cluster", "PG_VERSION");
        await (await StartAsync()).DisposeAsync();
        var real = await File.ReadAllTextAsync(version, Cancellation);
        await File.WriteAllTextAsync(version, "9\n", Cancellation);

        var exception = await Assert.ThrowsAsync<PrivatePostgresException>(StartAsync);
        await File.WriteAllTextAsync(version, real, Cancellation);

        Assert.Contains("postgresql-9", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static async Task EndedAsync(int processId)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (ArgumentException)
        {
            // it has ended already
        }
    }

    private Task<PrivatePostgres> StartAsync() =>
        PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = _folder }, NullLogger.Instance, Cancellation);
}
