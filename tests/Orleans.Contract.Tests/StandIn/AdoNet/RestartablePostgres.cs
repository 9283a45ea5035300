using Actors.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Orleans.Contract.Tests.StandIn.AdoNet;

/// <summary>A PostgreSQL of the test's own, behind a port that stays the same when it is stopped and started.</summary>
internal sealed class RestartablePostgres : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"actors-tests-{Guid.NewGuid():N}");
    private readonly Relay _relay = new();
    private PrivatePostgres? _server;

    public string ConnectionString { get; private set; } = "";

    public static async Task<RestartablePostgres> StartAsync()
    {
        var postgres = new RestartablePostgres();
        Directory.CreateDirectory(postgres._folder);
        await postgres.StartAgainAsync();
        return postgres;
    }

    public async Task StartAgainAsync()
    {
        _server = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions { DataFolder = _folder, SharedBuffersMiB = 16 }, NullLogger.Instance);
        var direct = new NpgsqlConnectionStringBuilder(_server.ConnectionString);
        _relay.Target = direct.Port;
        direct.Port = _relay.Port;
        ConnectionString = direct.ConnectionString;
    }

    public async Task StopAsync()
    {
        _relay.Target = 0;
        await _server!.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await StopAsync();
        await _relay.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
