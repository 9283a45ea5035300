using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Schema;

/// <summary>Applies the schema before any hosted part of the process starts.</summary>
internal sealed class SchemaAtStart(NpgsqlDataSource dataSource, IOptions<StorageOptions> options, ILogger<SchemaAtStart> logger)
    : IHostedLifecycleService
{
    private readonly Lock _gate = new();
    private Task? _applied;

    public Task StartingAsync(CancellationToken cancellationToken) => Applied(cancellationToken);

    /// <summary>For a part that is started at the same moment and needs the tables.</summary>
    public Task Applied(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _applied ??= options.Value.MigrateAtStart
                ? SchemaMigration.ApplyAsync(dataSource, logger, cancellationToken)
                : Task.CompletedTask;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
