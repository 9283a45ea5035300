using System.Collections.Concurrent;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Queue;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Queue;

/// <summary>
/// Refuses a new job, or a large result, of a tenant that has stored as much as it may. What it has stored is added up now and then, and the less
/// often the longer that takes; what came through here since is added. Where a tenant has no such limit nothing is added up.
/// </summary>
internal sealed partial class StorageQuota(
    StoredBytes stored, LimitCache limits, IOptions<QueueOptions> options, TimeProvider time, ILogger<StorageQuota> logger)
{
    private const int MostRemembered = 10_000;

    /// <summary>Of the time, at most this share is spent on adding up one tenant.</summary>
    private const double MostTimeSpent = 0.05;

    /// <summary>How many times as long a sum does for that is not half of the limit.</summary>
    private const int FarFromLimit = 10;

    private readonly ConcurrentDictionary<string, Sum> _sums = new(StringComparer.Ordinal);

    /// <exception cref="JobRefusedException">The tenant has stored as much as it may.</exception>
    public async ValueTask AdmitAsync(JobRow job)
    {
        var room = await RoomAsync(job.Owner.Tenant);
        if (room.Used >= room.Limit)
        {
            throw new JobRefusedException(room.Reached(room.Used).ToError());
        }

        Add(job.Owner.Tenant, job.Params.Length);
    }

    /// <summary>What a tenant has stored, and may.</summary>
    public async ValueTask<StorageRoom> RoomAsync(string tenant) => await SumOfAsync(tenant) is var (sum, most)
        ? new StorageRoom(most, sum.Bytes, sum.Pause(options.Value.StoredBytesAge))
        : default;

    /// <summary>Notes that a tenant has stored more since the last sum.</summary>
    public void Add(string tenant, long bytes)
    {
        if (_sums.TryGetValue(tenant, out var sum))
        {
            sum.Add(bytes);
        }
    }

    private async ValueTask<(Sum Sum, long Most)?> SumOfAsync(string tenant)
    {
        if ((await limits.OfAsync(tenant)).MaxStoredBytes is not { } most)
        {
            return null;
        }

        if (_sums.Count >= MostRemembered)
        {
            _sums.Clear();
        }

        var sum = _sums.GetOrAdd(tenant, static _ => new Sum());
        // Who is far from the limit is looked at less often: there may be very many of them.
        var age = options.Value.StoredBytesAge * (sum.Bytes < most / 2 ? FarFromLimit : 1);
        if (sum.TryBegin(time, age))
        {
            var adding = AddUpAsync(tenant, sum);
            if (!sum.IsKnown)
            {
                // The first one waits a little: without a sum nothing is known.
                await Task.WhenAny(adding, Task.Delay(options.Value.StoredBytesPatience, time));
            }
        }

        return (sum, most);
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
