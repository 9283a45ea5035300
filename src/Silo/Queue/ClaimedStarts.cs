using System.Collections.Concurrent;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Attempts;
using Actors.Storage.Leases;
using Actors.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Silo.Queue;

/// <summary>
/// Has the grains of claimed jobs start them on this silo. A grain that is active elsewhere lets go when it is called, so that the next
/// call finds it here. A job that cannot be started in time is left for being put back in line.
/// </summary>
internal sealed partial class ClaimedStarts(
    AttemptSlots slots,
    ILocalSiloDetails silo,
    IGrainFactory grains,
    IOptions<QueueOptions> options,
    TimeProvider time,
    ILogger<ClaimedStarts> logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<JobKey, Task> _starting = new();

    /// <summary>The jobs that are being started now.</summary>
    public ICollection<JobKey> Keys => _starting.Keys;

    /// <summary>Starts a job for which a slot is held.</summary>
    public void Begin(JobKey job, HeldLease lease)
    {
        var begun = new TaskCompletionSource();
        _starting[job] = begun.Task;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(job, lease, begun));
        }
    }

    public Task WhenNoneAsync() => Task.WhenAll(_starting.Values);

    private async Task RunAsync(JobKey job, HeldLease lease, TaskCompletionSource done)
    {
        try
        {
            await StartAsync(job, lease);
        }
        finally
        {
            _starting.TryRemove(new(job, done.Task));
            slots.LetGo(job);
            done.SetResult();
        }
    }

    private async Task StartAsync(JobKey job, HeldLease lease)
    {
        var began = time.GetTimestamp();
        for (var wait = FirstRetry; lease.IsHeld && slots.TryHold(job); wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                var grain = grains.GetGrain<IJobAttemptGrain>(job.ToString());
                await PlacementHint.At(silo.SiloAddress, grain.StartQueuedAsync);
                return;
            }
            catch (Exception exception)
            {
                // The boundary of a start that nobody waits for: a job that fell out of line would never run.
                if (exception is not WrongSiloException)
                {
                    LogNotStarted(job.Tenant, job.Id, exception);
                }

                if (time.GetElapsedTime(began) > options.Value.StartPatience)
                {
                    return;
                }
            }

            await Task.Delay(wait, time);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {Tenant}/{JobId} was claimed and could not be started; it is tried again.")]
    private partial void LogNotStarted(string tenant, string jobId, Exception exception);
}
