using System.Threading.Channels;
using Actors.Jobs;
using Actors.Storage.Postgres;
using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>Reads rows by key; grains that activate together, after a crash for instance, share a query.</summary>
internal sealed class JobReader : IAsyncDisposable
{
    private static readonly string ReadRows =
        $"""
        SELECT w.ordinal, {JobColumns.Selected("j.")}
        FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS w (tenant, id, ordinal)
        JOIN actors.jobs j ON j.tenant = w.tenant AND j.id = w.id
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly JobStorageOptions _options;
    private readonly TimeProvider _time;
    private readonly BatchQueue<PendingRead> _queue;

    public JobReader(NpgsqlDataSource dataSource, JobStorageOptions options, TimeProvider time)
    {
        _dataSource = dataSource;
        _options = options;
        _time = time;
        _queue = new BatchQueue<PendingRead>(options.QueueLimit, options.Crowd, options.ReaderConnections, RunAsync);
    }

    public async Task<StoredRow?> ReadAsync(JobKey key, CancellationToken cancellationToken)
    {
        var read = new PendingRead(key);
        await _queue.AddAsync(read, cancellationToken);
        return await read.Outcome.Task.WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task RunAsync(ChannelReader<PendingRead> queue)
    {
        await using var connection = new BatchConnection(_dataSource);
        var reads = new List<PendingRead>();
        while (await queue.WaitToReadAsync())
        {
            reads.Clear();
            while (reads.Count < _options.BatchRows && queue.TryRead(out var read)) reads.Add(read);
            if (reads.Count > 0) await AnswerAsync(connection, reads);
        }
    }

    private async Task AnswerAsync(BatchConnection connection, List<PendingRead> reads)
    {
        var deadline = new RetryDeadline(_options.UnavailableAfter, _time);
        while (true)
        {
            try
            {
                await ExecuteAsync(await connection.OpenAsync(), reads);
                return;
            }
            catch (Exception exception)
            {
                // The loop's boundary: every kind of failure is told to those who wait.
                await connection.DropAsync();
                var isUnavailable = PostgresFaults.Classify(exception) is PostgresFault.Unavailable;
                if (isUnavailable && await deadline.PauseAsync()) continue;

                foreach (var read in reads)
                    read.Outcome.TrySetException(isUnavailable ? new StorageUnavailableException("The database is not available.", exception) : exception);
                return;
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, List<PendingRead> reads)
    {
        await using var command = new NpgsqlCommand(ReadRows, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. reads.Select(read => read.Key.Tenant)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. reads.Select(read => Guid.ParseExact(read.Key.Id, "N"))] });
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) reads[(int)reader.GetInt64(0) - 1].Outcome.TrySetResult(JobColumns.Read(reader, firstColumn: 1));
        }

        foreach (var read in reads) read.Outcome.TrySetResult(null); // those that no row was found for
    }
}
