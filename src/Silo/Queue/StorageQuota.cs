using System.Collections.Concurrent;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Queue;

/// <summary>
/// Refuses a new job of a tenant that has stored as much as it may. What it has stored is added up beside the creates, none of which waits
/// for that, and the less often the longer it takes; arguments that came through here since are added. Where a tenant has no such limit
/// nothing is added up.
/// </summary>
internal sealed partial class StorageQuota(
    StoredBytes stored, LimitCache limits, IOptions<QueueOptions> options, TimeProvider time, ILogger<StorageQuota> logger)
{
    private const int MostRemembered = 10_000;

    /// <summary>Of the time, at most this share is spent on adding up one tenant.</summary>
    private const double MostTimeSpent = 0.05;

    private readonly ConcurrentDictionary<string, Sum> _sums = new(StringComparer.Ordinal);

    /// <exception cref="JobRefusedException">The tenant has stored as much as it may.</exception>
    public async ValueTask AdmitAsync(JobRow job)
    {
        if ((await limits.OfAsync(job.Owner.Tenant)).MaxStoredBytes is not { } most)
        {
            return;
        }

        if (_sums.Count >= MostRemembered)
        {
            _sums.Clear();
        }

        var sum = _sums.GetOrAdd(job.Owner.Tenant, static _ => new Sum());
        if (sum.TryBegin(time, options.Value.StoredBytesAge))
        {
            // The first job of a tenant waits for the sum: without it nothing is known.
            var adding = AddUpAsync(job.Owner.Tenant, sum);
            if (!sum.IsKnown)
            {
                await adding;
            }
        }

        if (sum.Bytes >= most)
        {
            throw new JobRefusedException(
                new LimitReached("bytes stored for the tenant", most, sum.Bytes, (long)sum.Pause(options.Value.StoredBytesAge).TotalMilliseconds).ToError());
        }

        sum.Add(job.Params.Length);
    }

    private async Task AddUpAsync(string tenant, Sum sum)
    {
        var began = time.GetTimestamp();
        try
        {
            sum.End(await stored.OfAsync(tenant), time.GetTimestamp(), time.GetElapsedTime(began) / MostTimeSpent);
        }
        catch (Exception exception)
        {
            // The boundary of a task that few wait for: what was known goes on being so, and the next job tries again.
            LogFailed(tenant, exception);
            sum.Fail();
        }
    }

    [LoggerMessage(LogLevel.Warning, "What the tenant {Tenant} has stored could not be added up; it is tried again.")]
    private partial void LogFailed(string tenant, Exception exception);

    private sealed class Sum
    {
        private long _bytes;
        private long _at;
        private TimeSpan _pause;
        private int _adding;

        public bool IsKnown => Volatile.Read(ref _at) != 0;

        public long Bytes => Volatile.Read(ref _bytes);

        public TimeSpan Pause(TimeSpan least) => _pause > least ? _pause : least;

        public bool TryBegin(TimeProvider time, TimeSpan least) =>
            (!IsKnown || time.GetElapsedTime(_at) >= Pause(least)) && Interlocked.CompareExchange(ref _adding, 1, 0) == 0;

        public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

        public void End(long bytes, long at, TimeSpan pause)
        {
            Volatile.Write(ref _bytes, bytes);
            _pause = pause;
            Volatile.Write(ref _at, at);
            Volatile.Write(ref _adding, 0);
        }

        public void Fail() => Volatile.Write(ref _adding, 0);
    }
}
