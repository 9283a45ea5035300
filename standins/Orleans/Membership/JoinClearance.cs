using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>
/// Before a silo joins: it must reach an active silo, or see that there is none. Rows that a killed cluster left behind
/// are declared dead here, so nobody waits for their silos.
/// </summary>
internal sealed class JoinClearance(
    IMemberTable table, MemberWrites writes, ClusterMembership membership, IOptions<ClusterMembershipOptions> options, TimeProvider time,
    MembershipLog log, IPeerContact contact)
{
    private const int MaxProbesAtOnce = 32;

    // Silos that say that they live at least this often are watched for it before they are declared dead.
    private static readonly TimeSpan WatchablePeriod = TimeSpan.FromSeconds(2);

    private ClusterMembershipOptions Options => options.Value;

    /// <exception cref="OrleansException">Active silos live, by their rows, and could not be reached in MaxJoinAttemptTime.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (await UnclearAsync(cancellationToken) is { Count: > 0 } unclear)
        {
            var peers = string.Join(", ", unclear);
            if (time.GetElapsedTime(started) > Options.MaxJoinAttemptTime)
                throw new OrleansException($"Silos are active by the membership table and cannot be reached from here: {peers}.");

            log.JoinWaits(peers);
            await Task.Delay(Backoff.Jitter(Options.ProbeTimeout / 2), time, cancellationToken);
        }
    }

    /// <summary>The active silos about which nothing is known; none if one of them answered.</summary>
    private async Task<List<SiloAddress>> UnclearAsync(CancellationToken cancellationToken)
    {
        var view = await ReadAsync(cancellationToken);
        foreach (var predecessor in view.Members.Where(member => member.Status != SiloStatus.Dead && member.Address.IsPredecessorOf(membership.Local)))
            await DeclareAsync(predecessor.Address, "this silo has taken its endpoint", cancellationToken);

        var outcomes = await ProbeAllAsync(membership.Current, cancellationToken);
        var silent = outcomes.Where(pair => pair.Value != ProbeOutcome.Answered).Select(pair => view.Find(pair.Key)!).ToArray();
        if (outcomes.Any(pair => pair.Value == ProbeOutcome.Answered && view.StatusOf(pair.Key) == SiloStatus.Active))
            return []; // those who are active know better, and decide by votes

        var dead = await SelectDeadAsync(silent, outcomes, cancellationToken);
        foreach (var member in dead)
            await DeclareAsync(
                member.Address, outcomes[member.Address] == ProbeOutcome.Gone ? "nobody listens at its endpoint" : "it gave no sign of life for long",
                cancellationToken);
        return [.. silent.Except(dead).Where(member => member.Status == SiloStatus.Active).Select(member => member.Address)];
    }

    private async Task<ConcurrentDictionary<SiloAddress, ProbeOutcome>> ProbeAllAsync(ClusterView view, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<SiloAddress, ProbeOutcome> outcomes = new();
        var peers = view.Members.Where(member => member.Status != SiloStatus.Dead && !member.Address.Equals(membership.Local));
        await Parallel.ForEachAsync(
            peers, new ParallelOptions { MaxDegreeOfParallelism = MaxProbesAtOnce, CancellationToken = cancellationToken },
            async (member, cancellation) => outcomes[member.Address] = await ProbeAsync(member.Address, cancellation));
        return outcomes;
    }

    private async ValueTask<ProbeOutcome> ProbeAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Options.ProbeTimeout, time);
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

    /// <summary>
    /// Those that say nothing in the table either. A refused connection may be a wrong address or a firewall: so a silo
    /// that writes its signs of life often enough to wait for the next one gets the chance.
    /// </summary>
    private async Task<List<SiloMember>> SelectDeadAsync(
        SiloMember[] silent, ConcurrentDictionary<SiloAddress, ProbeOutcome> outcomes, CancellationToken cancellationToken)
    {
        var dead = silent.Where(member => member.IsStale(Options, time.GetUtcNow())).ToList();
        var gone = silent.Except(dead).Where(member => outcomes[member.Address] == ProbeOutcome.Gone).ToArray();
        if (gone.Length == 0) return dead;

        if (Options.IAmAliveTablePublishTimeout <= WatchablePeriod)
        {
            await Task.Delay(Options.IAmAliveTablePublishTimeout * 1.5, time, cancellationToken);
            var later = await ReadAsync(cancellationToken);
            gone = [.. gone.Where(member => later.Find(member.Address)?.IAmAliveTime <= member.IAmAliveTime)];
        }

        dead.AddRange(gone);
        return dead;
    }

    private async Task<ClusterView> ReadAsync(CancellationToken cancellationToken)
    {
        var view = await table.ReadAsync(cancellationToken);
        membership.Publish(view);
        return view;
    }

    private async Task DeclareAsync(SiloAddress peer, string reason, CancellationToken cancellationToken)
    {
        if (Options.LivenessEnabled && await writes.DeclareDeadAsync(peer, cancellationToken)) log.DeclaredDead(peer, reason);
    }
}
