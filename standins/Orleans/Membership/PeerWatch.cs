using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Probes one other silo regularly, and at once when somebody suspects it.</summary>
internal sealed class PeerWatch(
    SiloAddress peer, IPeerContact contact, DeathVotes votes, ClusterMembership membership, ClusterMembershipOptions options,
    TimeProvider time, MembershipLog log) : IDisposable
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _missed;

    // A timer or an answer that comes this much too late says that this process did not run.
    private TimeSpan Slack => options.ProbeTimeout / 2;

    /// <summary>Probe now instead of when it is due.</summary>
    public void Wake()
    {
        lock (_wake)
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
    }

    public void Dispose() => _wake.Dispose();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var late = await PauseAsync(cancellationToken);
            try
            {
                await ProbeAsync(late, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The table is away, or the messaging has a fault: the watch goes on either way.
                log.WatchFailed(exception, peer);
            }
        }
    }

    /// <summary>Waits until the next probe is due, and says how much later it is than that.</summary>
    private async Task<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(LeastPause, time, cancellationToken);
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is time.
        }

        return time.GetElapsedTime(started) - options.ProbeTimeout;
    }

    private async Task ProbeAsync(TimeSpan late, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var outcome = await AskAsync(cancellationToken);
        var heldUp = TimeSpan.FromTicks(Math.Max(late.Ticks, (time.GetElapsedTime(started) - options.ProbeTimeout).Ticks));
        votes.Found(peer, outcome);
        switch (outcome)
        {
            case ProbeOutcome.Answered:
                _missed = 0;
                break;
            case ProbeOutcome.Gone:
                log.Gone(peer);
                await votes.VoteAsync(peer, cancellationToken);
                break;
            case ProbeOutcome.Unanswered when heldUp > Slack:
                // While this process did not run, the others may have held it for dead, and it knows nothing about them.
                _missed = 0;
                log.HeldUp(peer, heldUp);
                membership.LookAgain();
                break;
            default:
                await MissAsync(cancellationToken);
                break;
        }
    }

    private async Task MissAsync(CancellationToken cancellationToken)
    {
        log.Missed(peer, ++_missed);
        membership.LookAgain();
        if (_missed >= options.NumMissedProbesLimit) await votes.VoteAsync(peer, cancellationToken);
    }

    private async Task<ProbeOutcome> AskAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await contact.ProbeAsync(peer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeOutcome.Unanswered;
        }
    }
}
