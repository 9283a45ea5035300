using Actors.Chaos.Driver.Wire;

namespace Actors.Chaos.Driver.Clients;

/// <summary>The jobs of a run. Clients of one caller share theirs, as the processes of one user do.</summary>
internal sealed class JobBoard
{
    private readonly Lock _gate = new();
    private readonly List<KnownJob> _all = [];
    private readonly Dictionary<string, List<KnownJob>> _byCaller = new(StringComparer.Ordinal);
    private readonly HashSet<string> _handles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Request>> _keyed = new(StringComparer.Ordinal);
    private long _tokens;

    public IReadOnlyList<KnownJob> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    public long NextToken() => Interlocked.Increment(ref _tokens);

    public void Add(KnownJob job)
    {
        lock (_gate)
        {
            if (!_handles.Add(job.Handle))
                return;
            _all.Add(job);
            if (!_byCaller.TryGetValue(job.Caller, out var own))
                _byCaller[job.Caller] = own = [];
            own.Add(job);
        }
    }

    /// <summary>Gives a call the caller's next key. Every caller's keys are the same.</summary>
    public Request AddKey(string caller, Request request, bool inHeader)
    {
        lock (_gate)
        {
            if (!_keyed.TryGetValue(caller, out var own))
                _keyed[caller] = own = [];
            own.Add(request with { Key = $"key-{own.Count + 1}", IsKeyInHeader = inHeader });
            return own[^1];
        }
    }

    /// <summary>A call with a key that one of the caller's clients has made; null: there is none.</summary>
    public Request? Keyed(string caller, Random random)
    {
        lock (_gate)
            return _keyed.TryGetValue(caller, out var own) ? own[random.Next(own.Count)] : null;
    }

    /// <summary>One of the caller's jobs; null: it has none like that. The newest half of those that run is looked at more.</summary>
    public KnownJob? Own(string caller, Func<KnownJob, bool> isLikeThat, Random random)
    {
        lock (_gate)
        {
            if (!_byCaller.TryGetValue(caller, out var own))
                return null;
            var some = own.Where(isLikeThat).ToList();
            return some.Count == 0 ? null : some[some[0].HasEnded ? random.Next(some.Count) : Math.Max(random.Next(some.Count), random.Next(some.Count))];
        }
    }

    public int Running(string caller)
    {
        lock (_gate)
            return _byCaller.TryGetValue(caller, out var own) ? own.Count(job => !job.HasEnded) : 0;
    }

    public KnownJob? Foreign(string caller, Random random)
    {
        lock (_gate)
        {
            for (var attempt = 0; attempt < 10 && _all.Count > 0; attempt++)
            {
                if (_all[random.Next(_all.Count)] is { } job && job.Caller != caller)
                    return job;
            }
        }

        return null;
    }
}
