using Actors.Storage.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Schema;

/// <summary>
/// Applies the schema before the hosted parts of the process that are registered after it start. A database that is not up yet is waited
/// for, for as long as it takes; one that refuses (a wrong password, a database that does not exist) ends the start.
/// </summary>
internal sealed partial class SchemaAtStart(
    NpgsqlDataSource dataSource, IOptions<StorageOptions> options, TimeProvider time, ILogger<SchemaAtStart> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task? _applied;

    /// <summary>Only begins: a process that can answer "not ready" while it waits should be let to.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = Applied(cancellationToken);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Applied(cancellationToken);

    /// <summary>For a part that is started at the same moment and needs the tables.</summary>
    public Task Applied(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _applied ??= ApplyAsync(cancellationToken);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await TryAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
            {
                LogWaiting(Where(), exception.Message);
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrateAtStart)
        {
            await SchemaMigration.ApplyAsync(dataSource, logger, cancellationToken);
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
    }

    private string Where()
    {
        var settings = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database}";
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for PostgreSQL at {Database}: {Reason}")]
    private partial void LogWaiting(string database, string reason);
}
