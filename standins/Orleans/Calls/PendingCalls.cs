namespace Orleans.Calls;

/// <summary>
/// The calls that wait for an answer with one and the same timeout. Since the timeout is the same, the order of
/// arrival is the order of the deadlines, and looking for expired ones only ever looks at the oldest.
/// </summary>
internal sealed class PendingCalls
{
    private readonly Shard[] _shards;
    private readonly CallTimeouts _clock;
    private readonly TimeSpan _timeout;

    public PendingCalls(TimeSpan timeout, CallTimeouts clock)
    {
        _timeout = timeout;
        _clock = clock;
        _shards = new Shard[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];
        for (var i = 0; i < _shards.Length; i++) _shards[i] = new Shard();
    }

    public bool Belongs(CallTimeouts clock) => ReferenceEquals(_clock, clock);

    public long TicksUntil(long deadlineTicks) => deadlineTicks - _clock.NowTicks;

    public void Add(GrainCall call)
    {
        var index = Thread.GetCurrentProcessorId() & (_shards.Length - 1);
        call.PendingOwner = this;
        call.PendingShard = index;
        call.DeadlineTicks = _clock.DeadlineAfter(_timeout);
        var shard = _shards[index];
        lock (shard) shard.Append(call);
    }

    /// <summary>How many calls were ever added.</summary>
    public long Count => _shards.Sum(shard => shard.Count);

    public void Remove(GrainCall call)
    {
        var shard = _shards[call.PendingShard];
        lock (shard) shard.Unlink(call);
    }

    public void Sweep(long nowTicks)
    {
        foreach (var shard in _shards)
        {
            while (true)
            {
                GrainCall? oldest;
                lock (shard)
                {
                    oldest = shard.First;
                    if (oldest is null || oldest.DeadlineTicks > nowTicks) break;
                    shard.Unlink(oldest);
                }

                oldest.Fail(new TimeoutException($"Response did not arrive on time in {_timeout} for message: {oldest}."));
                if (_clock.CancelOnTimeout) oldest.CancelAtGrain();
            }
        }
    }

    private sealed class Shard
    {
        private GrainCall? _last;

        public GrainCall? First { get; private set; }

        /// <summary>How many calls ever came here.</summary>
        public long Count { get; private set; }

        public void Append(GrainCall call)
        {
            Count++;
            call.PendingPrevious = _last;
            if (_last is null) First = call;
            else _last.PendingNext = call;
            _last = call;
        }

        public void Unlink(GrainCall call)
        {
            var previous = call.PendingPrevious;
            var next = call.PendingNext;
            if (previous is null && !ReferenceEquals(First, call)) return;

            if (previous is null) First = next;
            else previous.PendingNext = next;
            if (next is null) _last = previous;
            else next.PendingPrevious = previous;
            call.PendingPrevious = null;
            call.PendingNext = null;
        }
    }
}
