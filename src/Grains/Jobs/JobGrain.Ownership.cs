using System.Runtime.CompilerServices;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;
using Actors.Tools;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Jobs;

/// <summary>
/// What this activation may say and do. Orleans may for a while have two activations of a job, on two silos; the row names the
/// silo and the lease under which it may be written, and that decides.
/// </summary>
internal sealed partial class JobGrain
{
    private Task<QueuePlace>? _place;
    private long _placeAt;

    /// <summary>
    /// Whether what is in memory is what is stored: the job has ended and its record's time is not over, or nobody else may write it now.
    /// </summary>
    private bool IsCurrent => _row is { } row && (row.Status.IsTerminal() ? !(row.ExpiresAt <= time.GetUtcNow()) : IsOurs(row) && lease.IsHeld);

    private bool IsOurs(JobRow row) => row.Silo == lease.Silo && row.Epoch == lease.Epoch;

    /// <summary>
    /// The row as this silo may write it. One of a silo that is gone, and that was not recovered yet, becomes nobody's.
    /// </summary>
    private JobRow Owned(JobRow row) => IsOurs(row) ? row : row with { Silo = null, Epoch = 0 };

    private JobRow Taken(JobRow row) => row with { Silo = lease.Silo, Epoch = lease.Epoch };

    /// <summary>A job that a living silo runs is left to it.</summary>
    /// <exception cref="SiloUnavailableException">Its silo lives, but this call did not come to it. Trying again makes sense.</exception>
    private async Task RequireOwnerGoneAsync(JobRow row)
    {
        if (row.Status.IsTerminal() || row.Silo is not { } silo || IsOurs(row) || await silos.IsGoneAsync(silo, row.Epoch))
        {
            return;
        }

        Leave();
        throw new SiloUnavailableException($"The job belongs to the silo {silo}, which is not reached from here.");
    }

    /// <exception cref="WrongSiloException">This silo takes no work, or has no such tool while another one has.</exception>
    private void RequireRoomFor(string tool)
    {
        if (runner.IsClosed || !lease.IsHeld)
        {
            Leave();
            throw new WrongSiloException($"The silo {lease.Silo} takes no new jobs now.");
        }

        if (runner.FindJob(tool) is null && runner.IsOfferedElsewhere(tool))
        {
            Leave();
            throw new WrongSiloException($"The silo {lease.Silo} does not have '{tool}'; another one does.");
        }
    }

    /// <summary>Before something is decided by the row: it is read again where others may have written it. False: it is gone.</summary>
    private async Task<bool> RefreshAsync()
    {
        // With an attempt the row is this silo's to write, and the database refuses the write where that is over; a write in doubt
        // is settled by the next one.
        if (IsCurrent || _attempt is not null || (_inDoubt && _row is not null))
        {
            return true;
        }

        if (await ReloadAsync())
        {
            return true;
        }

        Leave();
        return false;
    }

    private async Task<bool> ReloadAsync()
    {
        await state.ReadStateAsync();
        if (state.State.Row is { } row)
        {
            Adopt(row);
        }

        return state.State.Row is not null;
    }

    private async Task<(JobRow? Row, string? Version)> StoredAsync()
    {
        if (!lease.IsHeld)
        {
            // A silo that is cut off from the database must not keep its jobs from those that are not.
            Leave();
            throw new SiloUnavailableException($"The silo {lease.Silo} has lost its lease and cannot speak for the job.");
        }

        // Not into the state, which a write may be using: only to be shown.
        var stored = new GrainState<JobState>();
        await storage.ReadStateAsync(JobStorage.StateName, this.GetGrainId(), stored);
        return (stored.State?.Row, stored.ETag);
    }

    private async Task<JobSnapshot?> ReadStoredAsync()
    {
        var (row, _) = await StoredAsync();
        if (row is null)
        {
            // Discarded, while it was remembered here.
            Leave();
            return null;
        }

        return await ShownAsync(row);
    }

    private async ValueTask<JobSnapshot> ShownAsync(JobRow row)
    {
        var shown = Snapshots.Of(Snapshots.WithoutProgress(row), Pending(row.Exchanges), _terms.PollIntervalMs, ++_revision);
        if (row.Status is not JobStatus.Queued)
        {
            return shown;
        }

        if (runner.FindJob(row.Tool) is null && !runner.IsOfferedElsewhere(row.Tool))
        {
            return shown with { StatusMessage = $"Waiting: no silo that has '{row.Tool}' is running." };
        }

        return row.Silo is null ? PlaceText.Put(shown, await PlaceAsync(row), _terms.PollIntervalMs, time.GetUtcNow()) : shown;
    }

    /// <summary>As it was a moment ago: however often a job is asked for, its place is looked up once in that time.</summary>
    private Task<QueuePlace> PlaceAsync(JobRow row)
    {
        if (_place is null || _place.IsFaulted || time.GetElapsedTime(_placeAt) >= Limits.PlaceAge)
        {
            _placeAt = time.GetTimestamp();
            _place = runner.PlaceOfAsync(row);
        }

        return _place;
    }

    private async IAsyncEnumerable<JobSnapshot> FollowAsync(Principal caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await SeesAsync(caller))
        {
            yield break;
        }

        string? seen = null;
        while (true)
        {
            // Taken before the look, so that a change in between is not missed.
            var changed = _latest.Changed;
            if (IsCurrent)
            {
                break;
            }

            var (row, version) = await StoredAsync();
            if (row is null)
            {
                yield break;
            }

            if (version != seen)
            {
                seen = version;
                yield return await ShownAsync(row);
                if (row.Status.IsTerminal())
                {
                    yield break;
                }
            }

            await Task.WhenAny(changed, Task.Delay(Limits.ForeignWatchInterval, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, _row!.Status.IsTerminal() ? CancellationToken.None : lease.Lost);
        await using var own = _latest.WatchAsync(static job => job.IsTerminal, ending.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await MovesAsync(own, cancellationToken))
        {
            yield return own.Current;
        }
    }

    // A lease that is lost ends the watch in good order: the watcher asks again, and is told by whoever has the job then.
    private static async ValueTask<bool> MovesAsync(IAsyncEnumerator<JobSnapshot> states, CancellationToken cancellationToken)
    {
        try
        {
            return await states.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
