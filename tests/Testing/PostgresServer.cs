using Actors.Storage.Postgres;
using Actors.Storage.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Actors.Testing;

/// <summary>
/// One private server for a test assembly: <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>.
/// Databases come from it through <see cref="PostgresFixture"/>.
/// </summary>
public sealed class PostgresServer : Xunit.IAsyncLifetime
{
    private const string Template = "template_actors";

    private readonly SemaphoreSlim _copying = new(1); // a template can be copied by one at a time
    private PrivatePostgres? _server;
    private NpgsqlDataSource? _admin;
    private int _databases;

    /// <summary>Where the server keeps its data; it goes with the tests.</summary>
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"actors-tests-{Guid.NewGuid():N}");

    /// <summary>The connection string of a new database, with the schema applied or empty.</summary>
    public async Task<string> CreateDatabaseAsync(bool withSchema = true, CancellationToken cancellationToken = default)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await _copying.WaitAsync(cancellationToken);
        try
        {
            await using var command = _admin!.CreateCommand($"CREATE DATABASE {name} TEMPLATE {(withSchema ? Template : "template0")}");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            _copying.Release();
        }

        return ConnectionString(name);
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        _server = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = Folder }, NullLogger.Instance);
        _admin = NpgsqlDataSource.Create(_server.ConnectionString);
        await using (var command = _admin.CreateCommand($"CREATE DATABASE {Template}")) await command.ExecuteNonQueryAsync();
        await using var template = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString(Template)) { Pooling = false });
        await SchemaMigration.ApplyAsync(template, NullLogger.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null) await _admin.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _copying.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Database = database }.ConnectionString;
}
