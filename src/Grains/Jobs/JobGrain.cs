using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Silos;
using Actors.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Actors.Grains.Jobs;

/// <summary>
/// A job: its row, its open questions, and a hold on the attempt that runs for it. Every change is a whole new row that
/// is seen by callers once it is stored; only progress, and the news that a cancellation was delivered, are seen first.
/// While an attempt runs the activation stays; afterwards it is collected soon, and a poll reads the row again; a job that is created
/// and has to wait keeps none. Memory answers only for a job that has ended, or that this silo alone may write: any other answer is
/// read from the database, so that no silo, however late or cut off, shows an older state than somebody has seen.
/// </summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed partial class JobGrain(
    [PersistentState("job", JobStorage.Name)] IPersistentState<JobState> state,
    IAttemptRunner runner,
    [FromKeyedServices(JobStorage.Name)] IGrainStorage storage,
    SiloLease lease,
    SiloTable silos,
    Journal journal,
    IOptions<JobLimits> limits,
    TimeProvider time,
    ILogger<JobGrain> logger) : Grain, IJobGrain, IJobAttemptGrain
{
    private const int CancelTries = 3;

    private readonly LatestValue<JobSnapshot> _latest = new();
    private JobKey _key;
    private JobRow? _row;
    private JobAttribute _terms = new();
    private IRunningAttempt? _attempt;
    private QuestionBook? _book;
    private long _revision;
    private bool _creating;

    private JobLimits Limits => limits.Value;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = JobKey.Parse(this.GetPrimaryKeyString());
        if (state.State.Row is { } row)
        {
            _terms = runner.FindJob(row.Tool) ?? _terms;
            Publish(Snapshots.WithoutProgress(row));
            RecoverIfAttemptIsLost(row);
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        LetGo();
        _latest.Close();
        return Task.CompletedTask;
    }

    public async Task<JobSnapshot> CreateAsync(JobRequest request, CancellationToken cancellationToken = default)
    {
        FreshJob.Unmark();
        if (_row is { } existing)
        {
            return await JoinAsync(request, existing);
        }

        RequireRoomFor(request.Call.Name);
        _creating = true;
        try
        {
            _terms = NewJob.Check(request, _key, runner, Limits);
            var row = NewJob.Row(request, _key, _terms, await runner.LongestTtlAsync(_key.Tenant), time.GetUtcNow());
            await runner.AdmitAsync(row);
            await StartOrWaitAsync(request.Options?.RetryOf is { } earlier ? await AgainAsync(row, earlier) : row);
        }
        catch when (_row is null && !_inDoubt)
        {
            Leave();
            throw;
        }
        finally
        {
            _creating = false;
        }

        LogCreated(_key.Tenant, _key.Id, request.Call.Name);
        if (_row!.Silo is null)
        {
            // It waits, which it does in the database: here it would take memory, and every look at it is a read all the same.
            Leave();
        }

        return _latest.Value!;
    }

    public ValueTask<JobSnapshot?> GetAsync(Principal caller) =>
        _row is null ? new(ReadUnknownAsync(caller))
        : !caller.MaySee(_row.Owner) ? default
        : IsCurrent ? new(_latest.Value) : new(ReadStoredAsync());

    public async ValueTask<bool> FlushLogAsync(Principal caller)
    {
        if (!await SeesAsync(caller))
        {
            return false;
        }

        await journal.FlushAsync();
        return true;
    }

    public IAsyncEnumerable<JobSnapshot> WatchAsync(Principal caller, CancellationToken cancellationToken = default) =>
        FollowAsync(caller, cancellationToken);

    public async Task<JobSnapshot?> CancelAsync(
        Principal caller, string? reason, CancellationToken cancellationToken = default)
    {
        if (!await SeesAsync(caller) || !await RefreshAsync())
        {
            return null;
        }

        for (var tries = 1; !_row!.Status.IsTerminal() && _row.Cancel is CancelState.None; tries++)
        {
            await RequireOwnerGoneAsync(_row);
            try
            {
                await RequestCancelAsync(reason);
            }
            catch (InconsistentStateException) when (tries < CancelTries)
            {
                // A job that waits may be claimed at the same moment.
                if (!await ReloadAsync())
                {
                    return null;
                }
            }
        }

        return await GetAsync(caller);
    }

    private ValueTask<bool> SeesAsync(Principal caller) =>
        _row is { } row ? new(caller.MaySee(row.Owner)) : new(SeesUnknownAsync(caller));

    private async Task<bool> SeesUnknownAsync(Principal caller) => await UnknownAsync(caller) is not null;

    private async Task<JobSnapshot?> ReadUnknownAsync(Principal caller) => await UnknownAsync(caller) is { } row ? await ShownAsync(row) : null;

    /// <summary>The stored row of a job that this activation has none of; null: the caller has no such job.</summary>
    private async Task<JobRow?> UnknownAsync(Principal caller)
    {
        if (_creating || _inDoubt)
        {
            // It may be stored by now: by this activation, which has not heard so, or by another silo for the same key.
            return (await StoredAsync()).Row is { } row && caller.MaySee(row.Owner) ? row : null;
        }

        // Nobody's handle: the activation cost one read and is not worth keeping.
        Leave();
        return null;
    }
}
