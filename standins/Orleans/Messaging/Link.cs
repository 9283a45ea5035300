using System.Collections.Concurrent;
using Orleans.Calls;
using Orleans.Connections;
using Orleans.Runtime;

namespace Orleans.Messaging;

/// <summary>
/// One connection with what is under way on it: this side's calls that wait for their answers, and the other side's
/// calls that it may yet cancel.
/// </summary>
internal sealed class Link(Connection connection, Peer? peer, bool isClient, LinkOptions options, CallTimeouts clock)
{
    private readonly PendingReplies _pending = new(options.MaxPendingCalls);
    private readonly ConcurrentDictionary<ulong, InboundRequest> _cancellable = new();
    private int _waitingReplies;
    private int _openRequests;

    public Connection Connection { get; } = connection;

    /// <summary>Whom this process calls over the link; null for one that another process opened.</summary>
    public Peer? Peer { get; } = peer;

    /// <summary>Whether a client is at the other end.</summary>
    public bool IsClient { get; } = isClient;

    public CallTimeouts Clock { get; } = clock;

    /// <summary>Held while a call's place and its cancellation are told to each other.</summary>
    public Lock Cancelling { get; } = new();

    /// <summary>What this side waits for and what it owes.</summary>
    public int OpenCount => _pending.Count + Volatile.Read(ref _openRequests);

    /// <summary>Sends a call of this process. False when the link is closed; every other trouble is the call's answer.</summary>
    public bool Send(GrainCall call)
    {
        ulong id = 0;
        if (!call.IsOneWay && !_pending.TryAdd(call, out id, out var isClosed))
        {
            if (isClosed) return false;
            call.Fail(TooBusy());
            return true;
        }

        Frame? frame = null;
        try
        {
            frame = Messages.Request(Connection, call, id);
            call.SentOver(this, id);
            if (Connection.TrySend(frame))
            {
                // The caller may have changed its mind before there was anything to cancel.
                if (call.IsCancellationRequested) Cancel(id);
                return true;
            }
        }
        catch (Exception exception)
        {
            // An argument without a codec, a message over the limit: this call's own fault, and only its.
            _pending.Take(id);
            frame?.Dispose();
            call.Fail(exception);
            return true;
        }

        frame.Dispose();
        if (_pending.Take(id) is null && !call.IsOneWay) return true;
        if (Connection.IsClosed) return false;

        call.Fail(TooBusy());
        return true;
    }

    /// <summary>Passes on a call of another process. False when the link is closed or full.</summary>
    public bool Send(InboundRequest request)
    {
        ulong id = 0;
        if (!request.IsOneWay && !_pending.TryAdd(request, out id, out _)) return false;

        var frame = Messages.Relay(Connection, request, id);
        request.SentOver(this, id);
        if (Connection.TrySend(frame)) return true;

        frame.Dispose();
        // Broken has it already if it is not there any more.
        return _pending.Take(id) is null && !request.IsOneWay;
    }

    /// <summary>False when the frame could not be sent.</summary>
    public bool Ask(IAwaitsReply question, Func<Connection, ulong, Frame> write)
    {
        if (!_pending.TryAdd(question, out var id, out _)) return false;
        if (TrySend(write(Connection, id))) return true;

        _pending.Take(id);
        return false;
    }

    public void Cancel(ulong id) => TrySend(Messages.Cancel(Connection, id));

    public void Forget(ulong id) => _pending.Take(id);

    public IAwaitsReply? Take(ulong id) => _pending.Take(id);

    /// <summary>Sends what may be dropped when there is no room for it.</summary>
    public bool TrySend(Frame frame)
    {
        if (Connection.TrySend(frame)) return true;

        frame.Dispose();
        return false;
    }

    /// <summary>
    /// Sends an answer, which may not be dropped: it waits for room. A peer that takes none of its answers, and for
    /// which too many wait, loses its connection.
    /// </summary>
    public void Reply(Frame frame)
    {
        if (Connection.TrySend(frame)) return;

        if (Connection.IsClosed || Interlocked.Increment(ref _waitingReplies) > options.MaxWaitingReplies)
        {
            frame.Dispose();
            Connection.Abort("the peer does not take its answers");
            return;
        }

        _ = ReplyWhenThereIsRoomAsync(frame);
    }

    /// <summary>A call has arrived that wants an answer.</summary>
    public void Opened() => Interlocked.Increment(ref _openRequests);

    public void Answered() => Interlocked.Decrement(ref _openRequests);

    public void RemoveExpired(long nowTicks) => _pending.RemoveExpired(nowTicks);

    public void AddCancellable(ulong id, InboundRequest request) => _cancellable[id] = request;

    public void RemoveCancellable(ulong id) => _cancellable.TryRemove(id, out _);

    public void CancelInbound(ulong id)
    {
        if (_cancellable.TryGetValue(id, out var request)) request.Cancel();
    }

    /// <summary>Fails what waits here, at once: nobody will know whether those calls were carried out.</summary>
    public void Close(Exception? reason)
    {
        Peer?.Lost(this);
        var left = _pending.Close();
        foreach (var request in _cancellable.Values) request.CallerIsGone();
        _cancellable.Clear();
        if (left.Count == 0) return;

        var message = $"The connection to {Connection.RemoteName} broke while the call was under way; it may have been carried out.";
        foreach (var entry in left)
            entry.Broken(this, reason is null ? new SiloUnavailableException(message) : new SiloUnavailableException(message, reason));
    }

    private async Task ReplyWhenThereIsRoomAsync(Frame frame)
    {
        try
        {
            do await Connection.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
            while (!Connection.TrySend(frame) && !Connection.IsClosed);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The connection is gone, and with it whoever waited for this.
            frame.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref _waitingReplies);
        }
    }

    private OrleansException TooBusy() => Peer is { IsGateway: true }
        ? new GatewayTooBusyException($"The gateway {Connection.RemoteName} does not keep up: too many calls wait for it.")
        : new LimitExceededException($"The silo {Connection.RemoteName} does not keep up: too many calls wait for it.");
}
