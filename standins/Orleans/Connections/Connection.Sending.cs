using System.Buffers;

namespace Orleans.Connections;

/// <summary>The way out: a bounded queue, and one carrier at a time.</summary>
internal sealed partial class Connection
{
    // After so many bytes the thread of a sender, who has other things to do, hands the carrying on.
    private const int CarriedBySender = 64 * 1024;
    private const int FlushAt = 128 * 1024;

    // A frame that follows the last flush so soon is one of many: others join it while it waits for a thread of the pool, and
    // all of them cost one write to the socket. A lone caller's next frame comes later than this and leaves at once.
    private static readonly TimeSpan Soon = TimeSpan.FromMicroseconds(15);

    private readonly Lock _queue = new();
    private Frame? _first;
    private Frame? _last;
    private int _queuedFrames;
    private long _queuedBytes;
    private bool _isCarried;
    private TaskCompletionSource? _sent;
    private TaskCompletionSource? _room;
    private long _sentAt;
    private long _flushingSince;

    private long? StalledSince => Volatile.Read(ref _flushingSince) is not 0 and var since ? since : null;

    /// <summary>
    /// Takes the frame, which is the connection's from then on. False when there is no room or the connection is closed: the
    /// frame is still the caller's.
    /// </summary>
    public bool TrySend(Frame frame)
    {
        lock (_queue)
        {
            if (IsClosed || !HasRoomFor(frame)) return false;

            Append(frame);
            if (_isCarried) return true;
            _isCarried = true;
        }

        Start();
        return true;
    }

    /// <summary>Until it is worth trying again. Ends at once when the connection is closed.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_queue)
        {
            if (IsClosed || IsHalfEmpty) return default;

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task.WaitAsync(cancellationToken));
        }
    }

    private bool IsHalfEmpty => _queuedFrames <= _limits.MaxQueuedFrames / 2 && _queuedBytes <= _limits.MaxQueuedBytes / 2;

    // Half empty is room for a frame of any size, so that whoever waits for room has it then.
    private bool HasRoomFor(Frame frame) =>
        IsHalfEmpty || (_queuedFrames < _limits.MaxQueuedFrames && _queuedBytes + frame.WireLength <= _limits.MaxQueuedBytes);

    private void Append(Frame frame)
    {
        if (_last is null) _first = frame;
        else _last.Next = frame;
        _last = frame;
        _queuedFrames++;
        _queuedBytes += frame.WireLength;
    }

    private bool TrySendSignOfLife()
    {
        lock (_queue)
        {
            if (_isCarried) return false;
        }

        var frame = NewFrame();
        if (TrySend(frame)) return true;

        frame.Dispose();
        return false;
    }

    private void Start()
    {
        if (_clock.Elapsed(Volatile.Read(ref _sentAt), _clock.Now) >= Soon) _ = CarryAsync(CarriedBySender);
        else ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.CarryAsync(int.MaxValue), this, preferLocal: false);
    }

    /// <summary>Sends until nothing waits. One runs at a time; it never throws.</summary>
    private async Task CarryAsync(int handOnAfter)
    {
        var carried = 0;
        try
        {
            while (TakeAll() is { } frame)
            {
                if (carried >= handOnAfter)
                {
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                    handOnAfter = int.MaxValue;
                }

                carried += await WriteAsync(frame).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            // The boundary of the way out: a transport that fails takes the connection with it.
            Abort(exception);
            DropQueue();
        }
    }

    private async ValueTask<int> WriteAsync(Frame? frame)
    {
        var carried = 0;
        var frames = 0;
        var bytes = 0;
        try
        {
            while (frame is not null)
            {
                var next = frame.Next;
                _output.Write(frame.Seal());
                frames++;
                bytes += frame.WireLength;
                frame.Dispose();
                frame = next;
                if (bytes < FlushAt && frame is not null) continue;

                await FlushAsync().ConfigureAwait(false);
                Release(frames, bytes);
                carried += bytes;
                frames = bytes = 0;
            }
        }
        finally
        {
            Drop(frame);
        }

        return carried;
    }

    private async ValueTask FlushAsync()
    {
        Volatile.Write(ref _flushingSince, _clock.Now);
        var flushed = await _output.FlushAsync().ConfigureAwait(false);
        Volatile.Write(ref _flushingSince, 0);
        Volatile.Write(ref _sentAt, _clock.Now);
        if (flushed.IsCompleted || flushed.IsCanceled) throw new IOException("The peer has closed the connection.");
    }

    /// <summary>Every frame that waits, which counts as queued until it is flushed; null, with nobody carrying any more, when none does.</summary>
    private Frame? TakeAll()
    {
        lock (_queue)
        {
            var first = _first;
            _first = _last = null;
            if (first is not null) return first;

            _isCarried = false;
            _sent?.TrySetResult();
            _sent = null;
            return null;
        }
    }

    private void Release(int frames, int bytes)
    {
        lock (_queue)
        {
            _queuedFrames -= frames;
            _queuedBytes -= bytes;
            if (_room is null || !IsHalfEmpty) return;
        }

        ReleaseWaiters();
    }

    private Task WhenSentAsync()
    {
        lock (_queue)
        {
            if (!_isCarried) return Task.CompletedTask;

            _sent ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sent.Task;
        }
    }

    private void DropQueue()
    {
        while (TakeAll() is { } frame) Drop(frame);
    }

    private static void Drop(Frame? frame)
    {
        while (frame is not null)
        {
            var next = frame.Next;
            frame.Dispose();
            frame = next;
        }
    }

    private void ReleaseWaiters()
    {
        lock (_queue)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }
}
