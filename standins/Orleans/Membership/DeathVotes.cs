using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Votes against silos that do not answer; enough votes within their time are a death.</summary>
internal sealed class DeathVotes(
    MemberWrites writes, ClusterMembership membership, LocalMember local, IOptions<ClusterMembershipOptions> options, TimeProvider time,
    MembershipLog log)
{
    private readonly ConcurrentDictionary<SiloAddress, ProbeOutcome> _found = new();

    /// <summary>What the last probe of a silo found.</summary>
    public void Found(SiloAddress peer, ProbeOutcome outcome) => _found[peer] = outcome;

    /// <summary>Throws if the table is away.</summary>
    public async Task VoteAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        if (!options.Value.LivenessEnabled) return;

        var needed = 0;
        SiloMember? written = null;
        if (await writes.ChangeAsync(view => written = WithVote(view, peer, out needed), cancellationToken))
        {
            if (written!.Status == SiloStatus.Dead) log.DeclaredDead(peer, $"{written.Votes.Length} of {needed} votes");
            else log.Voted(peer, written.Votes.Length, needed);
        }

        if (membership.Current.IsDead(peer)) _found.TryRemove(peer, out _);
    }

    private SiloMember? WithVote(ClusterView view, SiloAddress peer, out int needed)
    {
        needed = 0;
        if (local.Status != SiloStatus.Active || view.StatusOf(membership.Local) != SiloStatus.Active) return null;
        if (view.Find(peer) is not { Status: not SiloStatus.Dead } row) return null;

        var now = time.GetUtcNow();
        var expiry = options.Value.DeathVoteExpirationTimeout;
        var others = row.Votes.Where(vote => now - vote.CastAt < expiry && !vote.Voter.Equals(membership.Local)).ToImmutableArray();
        needed = Needed(view, now);
        if (others.Length + 1 < needed && row.Votes.Any(vote => vote.Voter.Equals(membership.Local) && now - vote.CastAt < expiry / 2)) return null;

        var isDead = others.Length + 1 >= needed;
        return row with { Votes = others.Add(new DeathVote(membership.Local, now)), Status = isDead ? SiloStatus.Dead : row.Status };
    }

    // As Orleans: the configured number, or half of the silos if that is less; but only silos that can vote count.
    private int Needed(ClusterView view, DateTimeOffset now) =>
        Math.Max(1, Math.Min(options.Value.NumVotesForDeathDeclaration, (view.Active.Count(member => MayVote(member, now)) + 1) / 2));

    // A silo whose process is gone will not, nor one that is silent everywhere. Its own clock may be wrong, so an answer counts more.
    private bool MayVote(SiloMember member, DateTimeOffset now) => _found.GetValueOrDefault(member.Address, ProbeOutcome.Unanswered) switch
    {
        ProbeOutcome.Answered => true,
        ProbeOutcome.Gone => false,
        _ => member.Address.Equals(membership.Local) || !member.IsStale(options.Value, now)
    };
}
