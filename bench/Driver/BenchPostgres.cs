using Actors.Storage;
using Actors.Storage.Postgres;
using Actors.Storage.Schema;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Bench.Driver;

/// <summary>A private Postgres for one run, with fsync on as always.</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private readonly PrivatePostgres _server;
    private readonly DirectoryInfo _folder;

    private BenchPostgres(PrivatePostgres server, DirectoryInfo folder) => (_server, _folder) = (server, folder);

    public string ConnectionString => _server.ConnectionString;

    public static async Task<BenchPostgres> StartAsync()
    {
        // Not CreateTempSubdirectory, which is closed to the account that Postgres runs as where this runs as root.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"actors-bench-{Guid.NewGuid():N}"));
        return new BenchPostgres(await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder.FullName }, NullLogger.Instance), folder);
    }

    public async Task<string> CreateKeyAsync()
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false });
        await SchemaMigration.ApplyAsync(postgres, NullLogger.Instance);
        await new TenantDirectory(postgres).CreateAsync("bench");
        var keys = new ApiKeys(postgres, Options.Create(new StorageOptions()), TimeProvider.System);
        return (await keys.IssueAsync("bench", "driver")).Plaintext;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
