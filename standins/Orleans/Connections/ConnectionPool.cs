using System.Collections.Concurrent;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>
/// This process' connections to others, one for each address: made when it is first asked for, shared by all who ask, and
/// made again after a loss, with a pause that grows after failures.
/// </summary>
internal sealed class ConnectionPool(
    ConnectionMaker maker, PeerIdentity self, ConnectionLimits limits, ConnectionClock clock, ConnectionLog log) : IDisposable
{
    private readonly ConcurrentDictionary<SiloAddress, Entry> _entries = new();
    private readonly CancellationTokenSource _stopping = new();

    // Set by the messaging, which needs the pool to be built first.
    public IFrameReceiver Receiver { get; set; } = null!;

    /// <summary>The open connection, if there is one.</summary>
    public Connection? Find(SiloAddress target) =>
        _entries.TryGetValue(target, out var entry) && entry.Open is { IsClosed: false } open ? open : null;

    /// <summary>
    /// The open connection, or a new one. Throws <see cref="ConnectionFailedException"/>; within the pause after a failure it throws the
    /// last one again, at once.
    /// </summary>
    public ValueTask<Connection> GetAsync(SiloAddress target, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        var entry = _entries.GetOrAdd(target, static _ => new Entry());
        if (entry.Open is { IsClosed: false } open) return new ValueTask<Connection>(open);

        Task<Connection> attempt;
        lock (entry)
        {
            if (entry.Open is { IsClosed: false } opened) return new ValueTask<Connection>(opened);

            if (entry.Attempt is { IsCompleted: false } running) attempt = running;
            else if (entry.Failure is { } failure && clock.Elapsed(entry.FailedAt, clock.Now) < entry.Pause) return ValueTask.FromException<Connection>(failure);
            // Off this caller's back, and not cancelled with it: others may wait for the same.
            else attempt = entry.Attempt = Observed(Task.Run(() => ConnectAsync(target, entry), CancellationToken.None));
        }

        return new ValueTask<Connection>(attempt.WaitAsync(cancellationToken));
    }

    /// <summary>Forgets a peer that will not come back, and closes its connection.</summary>
    public void Forget(SiloAddress target, string reason)
    {
        if (_entries.TryRemove(target, out var entry)) entry.Open?.Abort(reason);
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Sends what waits, and closes every connection.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Connection[] open = [.. _entries.Values.Select(entry => entry.Open).OfType<Connection>()];
        await Task.WhenAll(open.Select(connection => connection.CloseAsync())).ConfigureAwait(false);
        await Task.WhenAll(open.Select(connection => connection.Ended)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Connection> ConnectAsync(SiloAddress target, Entry entry)
    {
        try
        {
            var connection = await maker.ConnectAsync(target, self, Receiver, _stopping.Token).ConfigureAwait(false);
            lock (entry)
            {
                entry.Open = connection;
                entry.Failure = null;
                entry.Failures = 0;
            }

            log.Connected(connection.RemoteName);
            _ = connection.RunAsync();
            // Forgotten meanwhile, or the whole pool closed: whoever asked still gets an answer, that of a closed connection.
            if (!_entries.TryGetValue(target, out var kept) || kept != entry || _stopping.IsCancellationRequested) connection.Abort("nobody needs it any more");
            return connection;
        }
        catch (ConnectionFailedException failure)
        {
            if (failure.Failure is ConnectionFailure.Rejected) log.Rejected(failure, target);
            else log.NotConnected(failure, target);
            lock (entry)
            {
                entry.Failure = failure;
                entry.FailedAt = clock.Now;
                entry.Pause = Backoff.After(entry.Failures++, limits.MaxReconnectDelay);
            }

            throw;
        }
    }

    // All who asked may have given up by the time it fails.
    private static Task<Connection> Observed(Task<Connection> attempt)
    {
        _ = attempt.ContinueWith(
            static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return attempt;
    }

    private sealed class Entry
    {
        private Connection? _open;

        public Connection? Open
        {
            get => Volatile.Read(ref _open);
            set => Volatile.Write(ref _open, value);
        }

        public Task<Connection>? Attempt { get; set; }

        public ConnectionFailedException? Failure { get; set; }

        public int Failures { get; set; }

        public long FailedAt { get; set; }

        public TimeSpan Pause { get; set; }
    }
}
