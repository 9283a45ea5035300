using System.Threading.Channels;
using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>
/// Group commit: the writes of many grains share transactions, and each learns its own outcome. Whatever piled up while
/// the last commit ran is the next batch.
/// </summary>
internal sealed partial class JobWriter : IAsyncDisposable
{
    private const int ConflictRetries = 5;

    private readonly NpgsqlDataSource _dataSource;
    private readonly SiloLease _lease;
    private readonly JobStorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BatchQueue<PendingWrite> _queue;

    public JobWriter(NpgsqlDataSource dataSource, SiloLease lease, JobStorageOptions options, TimeProvider time, ILogger logger)
    {
        _dataSource = dataSource;
        _lease = lease;
        _options = options;
        _time = time;
        _logger = logger;
        _queue = new BatchQueue<PendingWrite>(options.QueueLimit, options.Crowd, options.WriterConnections, RunAsync);
    }

    /// <summary>Returns when the write is durable. Cancellation counts until it is queued: after that it happens.</summary>
    public async Task WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        await _queue.AddAsync(write, cancellationToken);
        await write.Outcome;
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task RunAsync(ChannelReader<PendingWrite> queue)
    {
        await using var connection = new BatchConnection(_dataSource);
        var batch = new WriteBatch(_options);
        while (await batch.FillAsync(queue))
        {
            if (batch.Writes.Count > 0) await CommitAsync(connection, batch.Writes);
        }
    }

    /// <summary>Never throws: what goes wrong is the outcome of the writes it went wrong for.</summary>
    private async Task CommitAsync(BatchConnection connection, List<PendingWrite> writes)
    {
        var deadline = new RetryDeadline(_options.UnavailableAfter, _time);
        var mayExist = false;
        for (var conflicts = 0; ;)
        {
            if (Fence(ref writes) is not { } lease) return;
            try
            {
                await WriteBatchCommand.ExecuteAsync(await connection.OpenAsync(), lease, writes, mayExist);
                return;
            }
            catch (PostgresException exception) when (!mayExist && exception.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // Two silos create for one key, or an earlier try was stored after all.
                mayExist = true;
            }
            catch (Exception exception)
            {
                // The loop's boundary: every kind of failure is told to those who wait.
                var fault = PostgresFaults.Classify(exception);
                if (fault is PostgresFault.Unavailable)
                {
                    await connection.DropAsync();
                    writes = MarkInDoubt(writes);
                    LogUnavailable(_logger, exception, writes.Count);
                    if (await deadline.PauseAsync()) continue;
                }

                if (fault is PostgresFault.Conflict && ++conflicts <= ConflictRetries) continue;
                await FailAsync(connection, writes, fault, exception);
                return;
            }
        }
    }

    /// <summary>Sorts out what must not be written under the lease as it is now; null: nothing is left.</summary>
    private HeldLease? Fence(ref List<PendingWrite> writes)
    {
        var held = _lease.CurrentOrNone is { IsHeld: true } current ? current : null;
        if (held is not null && writes.TrueForAll(write => write.IsUnder(held))) return held;

        var allowed = new List<PendingWrite>(writes.Count);
        foreach (var write in writes)
        {
            if (held is not null && write.IsUnder(held)) allowed.Add(write);
            else if (write.IsInDoubt) write.Fail(Unavailable(null));
            else write.Fail(new LeaseLostException($"The job {write.Key} cannot be written: silo {_lease.Silo} does not hold the lease for it."));
        }

        writes = allowed;
        return allowed.Count > 0 ? held : null;
    }

    private async Task FailAsync(BatchConnection connection, List<PendingWrite> writes, PostgresFault fault, Exception exception)
    {
        if (fault is PostgresFault.Data or PostgresFault.Other && writes.Count > 1)
        {
            // Some row spoils the transaction for the others: halve until it stands alone.
            var half = writes.Count / 2;
            await CommitAsync(connection, writes[..half]);
            await CommitAsync(connection, writes[half..]);
            return;
        }

        foreach (var write in writes)
        {
            LogFailed(_logger, exception, write.Key.Tenant, write.Key.Id, fault);
            write.Fail(fault switch
            {
                PostgresFault.Data => new RowRefusedException($"The job {write.Key} cannot be stored: {Reason(exception)}", exception),
                PostgresFault.LeaseLost when !write.IsInDoubt => new LeaseLostException($"The job {write.Key} cannot be written: its silo lost its lease.", exception),
                PostgresFault.Other => exception,
                _ => Unavailable(exception),
            });
        }
    }

    private static List<PendingWrite> MarkInDoubt(List<PendingWrite> writes)
    {
        foreach (var write in writes) write.IsInDoubt = true;
        return [.. writes.Where(write => !write.Outcome.IsCompleted)];
    }

    private static StorageUnavailableException Unavailable(Exception? exception) =>
        new("The database is not available; the write may or may not have been stored.", exception);

    /// <summary>Names the constraint, never the values.</summary>
    private static string Reason(Exception exception) =>
        exception is PostgresException postgres ? postgres.ConstraintName ?? postgres.SqlState : "a value cannot be sent.";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is not available; {Count} writes of jobs wait")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Tenant}/{JobId} was not written: {Fault}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string tenant, string jobId, PostgresFault fault);
}
