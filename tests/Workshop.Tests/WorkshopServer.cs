using Actors.PackServer;

namespace Actors.Workshop.Tests;

/// <summary>A real server with the pack and low limits.</summary>
public sealed class WorkshopServer : IAsyncLifetime
{
    public const int MaxRows = 20;
    public const int MaxResultChars = 5000;
    public const int StatementTimeoutMs = 1000;
    public const int MaxLogLineChars = 100;

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("actors-logs-");
    private RunningServer? _server;

    public string Logs => _logs.FullName;

    public string ConnectionString => _server!.ConnectionString;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync("samples/Workshop", new()
    {
        ["Workshop:MaxRows"] = $"{MaxRows}",
        ["Workshop:MaxResultChars"] = $"{MaxResultChars}",
        ["Workshop:StatementTimeoutMs"] = $"{StatementTimeoutMs}",
        ["Workshop:MaxQueriesPerTenant"] = "2",
        ["Workshop:LogFolder"] = _logs.FullName,
        ["Workshop:MaxLogBytes"] = "100000",
        ["Workshop:MaxLogLines"] = "10",
        ["Workshop:MaxLogLineChars"] = $"{MaxLogLineChars}",
    });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    public Task<PackClient> ClientAsync(string tenant = "makers") => _server!.ClientAsync(tenant);

    public Task<TaskClient> TasksAsync() => _server!.TasksAsync("makers");
}
