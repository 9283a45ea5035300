using System.Globalization;
using Actors.Storage;
using Actors.Storage.Postgres;
using Actors.Storage.Schema;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Bench.Driver.Processes;

/// <summary>A private Postgres for one run, with fsync on as always.</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private readonly PrivatePostgres _server;
    private readonly DirectoryInfo _folder;

    private BenchPostgres(PrivatePostgres server, DirectoryInfo folder)
    {
        (_server, _folder) = (server, folder);
        var postmaster = File.ReadLines(Path.Combine(folder.FullName, "cluster", "postmaster.pid")).First();
        Group = new ProcessGroup("PostgreSQL", int.Parse(postmaster, CultureInfo.InvariantCulture));
    }

    public string ConnectionString => _server.ConnectionString;

    public ProcessGroup Group { get; }

    public static async Task<BenchPostgres> StartAsync()
    {
        // Not CreateTempSubdirectory, which is closed to the account that Postgres runs as where this runs as root.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"actors-bench-{Guid.NewGuid():N}"));
        return new BenchPostgres(await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder.FullName }, NullLogger.Instance), folder);
    }

    /// <summary>Another database of the same server, for those who bring a schema of their own.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync(ConnectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public async Task<string> CreateKeyAsync()
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false });
        await SchemaMigration.ApplyAsync(postgres, NullLogger.Instance);
        await new TenantDirectory(postgres).CreateAsync("bench");
        var keys = new ApiKeys(postgres, Options.Create(new StorageOptions()), TimeProvider.System);
        return (await keys.IssueAsync("bench", "driver")).Plaintext;
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 });
        await using var command = postgres.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string connectionString, string sql)
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 });
        await using var command = postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
