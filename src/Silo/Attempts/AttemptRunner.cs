using System.Collections.Concurrent;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Silo.Calls;
using Actors.Silo.Packs;
using Actors.Silo.Results;
using Actors.Silo.Queue;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Silo.Attempts;

/// <summary>Runs the attempts of this silo, and brings how each ended to its job.</summary>
internal sealed partial class AttemptRunner : IAttemptRunner
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RunningAttempt, byte> _running = new();
    private readonly PackContent _content;
    private readonly ClusterCatalogue _cluster;
    private readonly AttemptExecution _execution;
    private readonly IGrainFactory _grains;
    private readonly AttemptOptions _options;
    private readonly AttemptSlots _slots;
    private readonly JobClaims _claims;
    private readonly LimitCache _limits;
    private readonly WaitingQuota _quota;
    private readonly StorageQuota _storage;
    private readonly QueuePlaces _places;
    private readonly TimeProvider _time;
    private readonly SiloLease _lease;
    private readonly ResultSpill _spill;
    private readonly ILogger _logger;

    public AttemptRunner(
        PackContent content,
        ClusterCatalogue cluster,
        AttemptExecution execution,
        IGrainFactory grains,
        AttemptSlots slots,
        JobClaims claims,
        LimitCache limits,
        WaitingQuota quota,
        StorageQuota storage,
        QueuePlaces places,
        IOptions<AttemptOptions> options,
        TimeProvider time,
        SiloLease lease,
        ResultSpill spill,
        ILogger<AttemptRunner> logger)
    {
        _content = content;
        _cluster = cluster;
        _execution = execution;
        _grains = grains;
        _options = options.Value;
        _slots = slots;
        _claims = claims;
        _limits = limits;
        _quota = quota;
        _storage = storage;
        _places = places;
        _time = time;
        _lease = lease;
        _spill = spill;
        _logger = logger;
    }

    /// <summary>The attempts that have not ended.</summary>
    public IReadOnlyCollection<RunningAttempt> Running => [.. _running.Keys];

    public bool IsClosed => _slots.IsClosed;

    public JobAttribute? FindJob(string tool) => _content.FindTool(tool)?.Job;

    public bool IsOfferedElsewhere(string tool) => _cluster.Has(tool);

    public async ValueTask<bool> IsLimitedAsync(JobRow job) =>
        FindJob(job.Tool) is { MaxRunning: > 0 } or { MaxRunningPerTenant: > 0 } || (await _limits.OfAsync(job.Owner.Tenant)).LimitsRunning;

    public async ValueTask<TimeSpan> LongestTtlAsync(string tenant) => (await _limits.OfAsync(tenant)).MaxTtl;

    public TimeSpan LongestTtl(string tenant) => _limits.LastOf(tenant).MaxTtl;

    public ValueTask AdmitAsync(JobRow job) => _storage.AdmitAsync(job);

    public ValueTask AdmitToLineAsync(JobRow job) => _quota.AdmitAsync(job);

    public Task<QueuePlace> PlaceOfAsync(JobRow job) => _places.OfAsync(job);

    public bool TryTakeSlot(JobKey job, bool onlyIfHeld) =>
        _slots.TryTakeHeld(job) || (!onlyIfHeld && _claims.IsLineEmpty && _slots.Take(1) == 1);

    public void ReturnSlot() => _slots.Return();

    public void Joined(JobRow job, bool isLimited) => _claims.Joined(job.RunAt, isLimited);

    public void LookAtLine() => _claims.Look();

    public IRunningAttempt Start(JobAttempt attempt)
    {
        // The lease that the row was written under: a later epoch of this silo is not the attempt's.
        var held = _lease.Current;
        var lost = held.Epoch == attempt.Row.Epoch ? held.Lost : new CancellationToken(canceled: true);

        // The attempt outlives the call that started it, and must neither run in its context nor keep it.
        using (ExecutionContext.SuppressFlow())
        {
            var running = new RunningAttempt(attempt, _grains, _slots, _options, _time, lost);
            var run = new Task<Task>(() => RunAsync(running));
            running.Ended = run.Unwrap();
            _running.TryAdd(running, 0);
            run.Start(TaskScheduler.Default);
            return running;
        }
    }

    /// <summary>Starts nothing more.</summary>
    public void Close() => _slots.Close();

    /// <summary>Cuts off every attempt: this silo may not write any more.</summary>
    public void AbandonAll()
    {
        foreach (var attempt in _running.Keys)
        {
            attempt.Abandon();
        }
    }

    /// <summary>Completes when the attempts that run now have ended.</summary>
    public Task WhenEndedAsync() => Task.WhenAll(_running.Keys.Select(attempt => attempt.Ended));

    private IJobAttemptGrain Grain(JobKey job) => _grains.GetGrain<IJobAttemptGrain>(job.ToString());

    private async Task RunAsync(RunningAttempt attempt)
    {
        try
        {
            var tool = Task.Run(() => _execution.RunAsync(attempt));
            await Task.WhenAny(tool, attempt.CutOff);
            await EndAsync(attempt, tool);
        }
        catch (Exception exception)
        {
            // The boundary of an attempt: its job stays as it is stored, and recovery takes it from there.
            LogNotEnded(attempt.Key.Tenant, attempt.Key.Id, attempt.Number, exception);
        }
        finally
        {
            _running.TryRemove(attempt, out _);
            attempt.Dispose();
        }
    }

    private async Task EndAsync(RunningAttempt attempt, Task<AttemptEnd> tool)
    {
        if (attempt.Reason is StopReason.Abandoned or StopReason.Parked)
        {
            return;
        }

        if (attempt.Reason is StopReason.LeaseLost)
        {
            await Grain(attempt.Key).ReleaseAsync(attempt.Number);
            return;
        }

        var end = await OutcomeAsync(attempt, tool);
        if (end is null)
        {
            await Grain(attempt.Key).ReleaseAsync(attempt.Number);
            return;
        }

        await DeliverAsync(attempt, end with { Last = await attempt.Reports.CloseAsync() });
    }

    /// <summary>How the attempt ended, or null where it only ended here.</summary>
    private async Task<AttemptEnd?> OutcomeAsync(RunningAttempt attempt, Task<AttemptEnd> tool)
    {
        if (!tool.IsCompleted)
        {
            return Stopped(attempt);
        }

        try
        {
            return await tool;
        }
        catch (OperationCanceledException) when (attempt.Reason is not StopReason.None)
        {
            return Stopped(attempt);
        }
        catch (Exception exception)
        {
            // What a tool throws was settled before; this is a defect of ours, and the job must not hang on it.
            LogFailed(attempt.Key.Tenant, attempt.Key.Id, attempt.Number, exception);
            return AttemptEnd.Failed(CallErrors.Internal);
        }
    }

    private static AttemptEnd? Stopped(RunningAttempt attempt) =>
        StoppedEnd.Of(attempt.Reason, attempt.Attempt);

    /// <summary>
    /// Tries until the end is stored or somebody else has the job, over an outage of the database and a lost lease too: what a
    /// tool has done is not thrown away while nobody else has begun to do it again.
    /// </summary>
    private async Task DeliverAsync(RunningAttempt attempt, AttemptEnd end)
    {
        attempt.IsEnding = true;
        for (var wait = FirstRetry; attempt.Reason is not (StopReason.Abandoned or StopReason.Parked); wait = Longer(wait))
        {
            try
            {
                await Grain(attempt.Key).FinishAsync(attempt.Number, await _spill.ApplyAsync(attempt, end));
                return;
            }
            catch (StaleAttemptException)
            {
                return;
            }
            catch (Exception exception)
            {
                LogRetrying(attempt.Key.Tenant, attempt.Key.Id, attempt.Number, exception);
                await Task.Delay(wait, _time);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
}
