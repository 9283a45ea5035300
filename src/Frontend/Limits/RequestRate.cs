using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Actors.Frontend.Mcp.Errors;
using Actors.Jobs;
using Actors.Tenants;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Limits;

/// <summary>
/// How often one caller may ask this process: a bucket of tokens for each, as many as <see cref="FrontendLimits.MaxRateCallers"/>. Buckets that
/// are full again are forgotten; where all are in use, further callers share one.
/// </summary>
internal sealed class RequestRate : IDisposable
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Tenant, string Issuer, string Subject), TokenBucketRateLimiter> _callers = new();
    private readonly FrontendLimits _limits;
    private readonly TimeProvider _time;
    private readonly TokenBucketRateLimiter? _others;
    private readonly Lock _sweeping = new();
    private long _sweptAt;

    public RequestRate(IOptions<FrontendLimits> limits, TimeProvider time)
    {
        (_limits, _time) = (limits.Value, time);
        _others = _limits.RequestsPerSecond > 0 ? NewBucket() : null;
    }

    /// <exception cref="LimitReachedException">This caller has asked too often.</exception>
    public void Check(Principal caller)
    {
        if (_others is null)
            return;
        var bucket = BucketOf((caller.Tenant, caller.Issuer, caller.Subject));
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        if (!lease.IsAcquired)
            throw new LimitReachedException(new LimitReached(
                $"requests of one caller at once, of which {_limits.RequestsPerSecond} a second come back (Actors:Limits:RequestsPerSecond)",
                _limits.RequestBurst,
                _limits.RequestBurst,
                Math.Max(1, 1000 / _limits.RequestsPerSecond)));
    }

    public void Dispose()
    {
        _others?.Dispose();
        foreach (var bucket in _callers.Values)
            bucket.Dispose();
    }

    private TokenBucketRateLimiter BucketOf((string Tenant, string Issuer, string Subject) caller)
    {
        if (_callers.TryGetValue(caller, out var known))
            return known;
        if (_callers.Count >= _limits.MaxRateCallers)
            Sweep();
        return _callers.Count < _limits.MaxRateCallers ? _callers.GetOrAdd(caller, _ => NewBucket()) : _others!;
    }

    private void Sweep()
    {
        lock (_sweeping)
        {
            if (_sweptAt != 0 && _time.GetElapsedTime(_sweptAt) < BetweenSweeps)
                return;
            _sweptAt = _time.GetTimestamp();
            foreach (var (caller, bucket) in _callers)
            {
                bucket.TryReplenish();
                // A full bucket is as good as a new one. It is not disposed: a request may just be taking from it.
                if (bucket.IdleDuration is not null)
                    _callers.TryRemove(caller, out _);
            }
        }
    }

    // Filled by whoever takes from it, in proportion to the time since; no timer runs for it.
    private TokenBucketRateLimiter NewBucket() => new(new TokenBucketRateLimiterOptions
    {
        AutoReplenishment = false,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        TokensPerPeriod = _limits.RequestsPerSecond,
        TokenLimit = _limits.RequestBurst,
        QueueLimit = 0,
    });
}
