using Orleans.Activations;
using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Messaging;

/// <summary>
/// Another silo as the receiver of calls, or for a client its gateway. Connects with the first call, and again with the
/// first one after the connection broke.
/// </summary>
internal sealed class Peer(SiloAddress address, bool isGateway, Peers peers) : CallTarget
{
    private static readonly long OutOfReachTicks = TimeSpan.TicksPerSecond;

    // A call does not wait longer for a connection, although the attempt goes on: a process that stands still accepts, and is silent.
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Link? _link;
    private Task<Link>? _connecting;
    private long _failedAtTicks = long.MinValue;

    public SiloAddress Address { get; } = address;

    public bool IsGateway { get; } = isGateway;

    /// <summary>Dead, or no longer among the gateways: it takes no call any more.</summary>
    public bool IsGone => _gone.Task.IsCompleted;

    /// <summary>A gateway that said it is stopping: calls that can go elsewhere do.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>A silo that is about to close its connections: it takes no call any more, but answers those it has.</summary>
    public bool IsClosing { get; private set; }

    public bool TakesCalls => !IsClosing && !IsGone;

    public bool IsConnected => Volatile.Read(ref _link) is not null;

    /// <summary>No connection could be made, and that was a moment ago.</summary>
    public bool IsOutOfReach => peers.Clock.NowTicks - Volatile.Read(ref _failedAtTicks) is >= 0 and var since && since < OutOfReachTicks;

    public override bool TryReceive(GrainCall call)
    {
        if (!TakesCalls) return false;
        if (Volatile.Read(ref _link) is { } link && link.Send(call)) return true;

        // So soon after a failed attempt, another one would only make the caller wait.
        if (IsOutOfReach) peers.Router.NotSent(call, this, null);
        else _ = ConnectAndSendAsync(call);
        return true;
    }

    /// <summary>Passes on a call of another process. False when there is no room for it.</summary>
    public bool TryRelay(InboundRequest request)
    {
        if (!TakesCalls) return false;
        if (Volatile.Read(ref _link) is { } link) return link.Send(request);

        if (IsOutOfReach) peers.NotRelayed(request, this);
        else _ = ConnectAndRelayAsync(request);
        return true;
    }

    /// <summary>Throws when no connection can be made now.</summary>
    public ValueTask<Link> ConnectAsync()
    {
        if (Volatile.Read(ref _link) is { } link) return new ValueTask<Link>(link);

        lock (_lock)
        {
            if (_link is not null) return new ValueTask<Link>(_link);
            return new ValueTask<Link>(_connecting ??= Task.Run(ConnectOnceAsync));
        }
    }

    /// <summary>For a call that never left. Not the exception for one that may have been carried out.</summary>
    public OrleansMessageRejectionException NotReached(Exception? reason = null)
    {
        var message = $"The silo {Address} cannot be reached; the call was not carried out.";
        return reason is null ? new OrleansMessageRejectionException(message) : new OrleansMessageRejectionException(message, reason);
    }

    public void Leave() => IsLeaving = IsClosing = true;

    /// <summary>From now on it is gone; calls that wait for a connection go elsewhere.</summary>
    public void Remove() => _gone.TrySetResult();

    public void Lost(Link link)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_link, link)) return;
            _link = null;
        }

        if (!IsGone) peers.OnTrouble(this, "the connection broke");
    }

    private async Task<Link> ConnectOnceAsync()
    {
        try
        {
            var link = await peers.OpenAsync(this).ConfigureAwait(false);
            lock (_lock)
            {
                _connecting = null;
                if (!link.Connection.IsClosed) _link = link;
            }

            Volatile.Write(ref _failedAtTicks, long.MinValue);
            return link;
        }
        catch (Exception exception)
        {
            lock (_lock) _connecting = null;
            Volatile.Write(ref _failedAtTicks, peers.Clock.NowTicks);
            peers.OnTrouble(this, exception.Message);
            throw;
        }
    }

    private async Task<Link> ConnectSoonAsync()
    {
        var connecting = ConnectAsync().AsTask();
        try
        {
            await Task.WhenAny(connecting, _gone.Task).WaitAsync(ConnectPatience).ConfigureAwait(false);
            return IsGone ? throw NotReached() : await connecting.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Volatile.Write(ref _failedAtTicks, peers.Clock.NowTicks);
            peers.OnTrouble(this, "it does not answer a new connection");
            throw;
        }
    }

    private async Task ConnectAndSendAsync(GrainCall call)
    {
        try
        {
            var link = await ConnectSoonAsync().ConfigureAwait(false);
            if (!call.IsSettled && !link.Send(call)) peers.Router.NotSent(call, this, null);
        }
        catch (Exception exception)
        {
            // Not sent, so it may go elsewhere.
            peers.Router.NotSent(call, this, exception);
        }
    }

    private async Task ConnectAndRelayAsync(InboundRequest request)
    {
        try
        {
            var link = await ConnectSoonAsync().ConfigureAwait(false);
            if (!link.Send(request)) peers.NotRelayed(request, this);
        }
        catch (Exception)
        {
            // Not sent, so it may go elsewhere.
            peers.NotRelayed(request, this);
        }
    }
}
