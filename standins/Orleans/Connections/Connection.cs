using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Connections;

/// <summary>
/// An open connection to a peer that has proved who it is. Frames leave in the order of TrySend; the first sender carries
/// what waits to the socket itself, and whoever sends meanwhile rides along.
/// </summary>
internal sealed partial class Connection
{
    private readonly ConnectionContext _transport;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly ConnectionLimits _limits;
    private readonly IFrameReceiver _receiver;
    private readonly ConnectionClock _clock;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _reason;
    private int _state;

    public Connection(
        ConnectionContext transport, IDuplexPipe pipe, PeerIdentity peer, IFrameReceiver receiver, ConnectionLimits limits, ConnectionClock clock)
    {
        _transport = transport;
        _input = pipe.Input;
        _output = pipe.Output;
        Peer = peer;
        _receiver = receiver;
        _limits = limits;
        _clock = clock;
        _sentAt = _heardAt = clock.Now;
    }

    public PeerIdentity Peer { get; }

    public string RemoteName => Peer.ToString();

    /// <summary>Whether a client is at the other end.</summary>
    public bool IsClient => Peer.IsClient;

    /// <summary>What the receiver keeps with the connection.</summary>
    public object? State { get; set; }

    public bool IsClosed => Volatile.Read(ref _state) != 0;

    /// <summary>Ends when the connection has, and its receiver was told.</summary>
    public Task Ended => _closed.Task;

    /// <summary>An empty message, which this connection or another to the same peer may send.</summary>
    public Frame NewFrame() => Frame.Rent(_limits.MaxFrameBytes);

    /// <summary>Closes at once; what waits is lost.</summary>
    public void Abort(string reason) => Abort(new ConnectionAbortedException(reason));

    public void Abort(Exception reason)
    {
        if (!TryClose(reason)) return;

        _transport.Abort(reason as ConnectionAbortedException ?? new ConnectionAbortedException(reason.Message, reason));
    }

    /// <summary>Takes no more, sends what waits, and closes.</summary>
    public async Task CloseAsync()
    {
        if (!TryClose(null)) return;

        await DrainAsync().ConfigureAwait(false);
        await _output.CompleteAsync().ConfigureAwait(false);
        _input.CancelPendingRead();
    }

    /// <summary>Reads until either side closes. Never throws.</summary>
    public async Task RunAsync()
    {
        _clock.Add(this);
        Exception? reason = null;
        try
        {
            await ReceiveAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The boundary of the connection: whatever it was, this connection is over, and its owner hears why.
            reason = exception;
        }

        if (reason is null) TryClose(null);
        else Abort(reason);
        _clock.Remove(this);
        await EndAsync(reason).ConfigureAwait(false);
        try
        {
            _receiver.Closed(this, _reason);
        }
        finally
        {
            _closed.TrySetResult();
        }
    }

    /// <summary>From the clock: a sign of life where nothing else was sent, an end where nothing is heard or taken.</summary>
    public void Tick(long now)
    {
        if (IsClosed) return;

        if (_clock.Elapsed(_heardAt, now) > _limits.MaxSilence)
            Abort($"Nothing was heard from {RemoteName} for {_limits.MaxSilence}.");
        else if (StalledSince is { } since && _clock.Elapsed(since, now) > _limits.MaxStall)
            Abort($"{RemoteName} has taken nothing of what waits for it for {_limits.MaxStall}.");
        else if (_clock.Elapsed(_sentAt, now) > _limits.SignOfLifeEvery && TrySendSignOfLife())
            _sentAt = now;
    }

    private bool TryClose(Exception? reason)
    {
        if (Interlocked.Exchange(ref _state, 1) != 0) return false;

        _reason = reason;
        ReleaseWaiters();
        return true;
    }

    /// <summary>Until what waits is sent, or has waited long enough.</summary>
    private async Task DrainAsync()
    {
        var sent = WhenSentAsync();
        try
        {
            await sent.WaitAsync(_limits.CloseTimeout, _clock.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _transport.Abort(new ConnectionAbortedException("The peer does not take what is left."));
            await sent.ConfigureAwait(false);
        }
    }

    private async Task EndAsync(Exception? reason)
    {
        try
        {
            await DrainAsync().ConfigureAwait(false);
            await _input.CompleteAsync(reason).ConfigureAwait(false);
            await _output.CompleteAsync(reason).ConfigureAwait(false);
            await _transport.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // It is closed already, by the other side or by an abort.
        }
    }
}
