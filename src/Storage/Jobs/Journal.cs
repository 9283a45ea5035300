using Actors.Storage.Postgres;
using Actors.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>
/// The ordered record of each job. Appending never waits: entries are written a few times a second, many jobs' together,
/// and a crash may lose the last of them. What a job must not lose is in its row.
/// </summary>
public sealed partial class Journal : IAsyncDisposable
{
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly JournalTable _table;
    private readonly JournalBuffer _buffer;
    private readonly JournalBounds _bounds;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _loop;
    private long _droppedReported;

    public Journal(NpgsqlDataSource dataSource, IOptions<StorageOptions> options, TimeProvider time, ILogger<Journal> logger)
    {
        _options = options.Value.Journal;
        _time = time;
        _logger = logger;
        _table = new JournalTable(dataSource);
        _buffer = new JournalBuffer(_options.BufferLimit);
        _bounds = new JournalBounds(_options);
        // A process that only reads has no loop.
        _loop = new Lazy<Task>(() => Task.Run(RunAsync));
    }

    /// <summary>How many entries were left out because the database could not keep up, or was away.</summary>
    public long Dropped => _buffer.Dropped;

    /// <exception cref="ArgumentException">The job's key is none.</exception>
    public void Append(JournalEntry entry)
    {
        // Found out in the background it would spoil its neighbours' insert.
        if (!Guid.TryParseExact(entry.Job.Id, "N", out _) || !RowText.IsStorable(entry.Job.Tenant))
            throw new ArgumentException($"{entry.Job} is not a job's key.", nameof(entry));

        _buffer.Add(Bounded(entry));
        _ = _loop.Value;
    }

    /// <summary>Writes what has been appended so far, of every job.</summary>
    /// <exception cref="StorageUnavailableException">It could not be written now; it stays in the buffer.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (!_buffer.IsEmpty) await WriteAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Entries of a job, oldest first; none where the caller may not see the job.</summary>
    public Task<JournalPage> ReadAsync(Principal caller, string jobId, JournalQuery query, CancellationToken cancellationToken = default) =>
        Guid.TryParseExact(jobId, "N", out var id)
            ? _table.ReadAsync(caller, id, query with { Limit = Math.Clamp(query.Limit, 1, _options.MaxPageSize) }, _options.MaxSearchedEntries, cancellationToken)
            : Task.FromResult(new JournalPage([], query.After, HasMore: false));

    /// <summary>Writes what is left, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_loop.IsValueCreated) await _loop.Value;
        _writing.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var ticks = new PeriodicTimer(_options.FlushEvery, _time);
        try
        {
            while (await ticks.WaitForNextTickAsync(_stopping.Token)) await FlushQuietlyAsync();
        }
        catch (OperationCanceledException)
        {
            await FlushQuietlyAsync();
        }
    }

    private async Task FlushQuietlyAsync()
    {
        try
        {
            await FlushAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The loop's boundary: the entries are back in the buffer, and the next tick tries again.
            LogFailed(_logger, exception);
        }

        if (Dropped == _droppedReported) return;
        LogDropped(_logger, Dropped - _droppedReported);
        _droppedReported = Dropped;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var entries = _buffer.Take(_options.BatchRows);
        try
        {
            await _table.InsertAsync(entries, cancellationToken);
        }
        catch (Exception exception)
        {
            var fault = PostgresFaults.Classify(exception);
            // Entries that the database refuses would be refused for ever, and hold up all that come after.
            if (fault is PostgresFault.Data) _buffer.Drop(entries);
            else _buffer.Return(entries);
            if (fault is PostgresFault.Unavailable)
                throw new StorageUnavailableException("The journal cannot be written now.", exception);
            throw;
        }

        foreach (var job in _bounds.Count(entries)) await _table.ThinAsync(job, _options, cancellationToken);
    }

    private JournalEntry Bounded(JournalEntry entry) => entry with
    {
        Level = entry.Level is null ? null : RowText.Storable(entry.Level),
        Text = entry.Text is null ? null : RowText.Storable(entry.Text.Length > _options.MaxTextLength ? entry.Text[.._options.MaxTextLength] : entry.Text),
        Data = entry.Data?.Length > _options.MaxDataBytes ? null : entry.Data,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The journal could not be written; it is kept, and tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} journal entries were left out: more came than could be written")]
    private static partial void LogDropped(ILogger logger, long count);
}
