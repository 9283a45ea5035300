using System.Collections.Concurrent;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>Stands for the wires between silos in one process: who answers whom, and what happens to who does not.</summary>
internal sealed class Network
{
    private readonly ConcurrentDictionary<SiloAddress, ClusterMembership> _members = new();
    private readonly ConcurrentDictionary<(SiloAddress? From, SiloAddress To), ProbeOutcome> _faults = new();
    private readonly ConcurrentDictionary<(SiloAddress From, SiloAddress To), int> _answers = new();
    private readonly ConcurrentDictionary<(SiloAddress From, SiloAddress To), TaskCompletionSource> _met = new();

    public void Attach(ClusterMembership member) => _members[member.Local] = member;

    /// <summary>Nobody listens at its endpoint any more.</summary>
    public void Remove(SiloAddress silo) => _members.TryRemove(silo, out _);

    /// <summary>What probes of one silo (null: of all) come to when they go to another.</summary>
    public void Fault(SiloAddress? from, SiloAddress to, ProbeOutcome outcome) => _faults[(from, to)] = outcome;

    public void Heal(SiloAddress? from, SiloAddress to) => _faults.TryRemove((from, to), out _);

    /// <summary>Completes when the next probe from one silo to another meets a fault.</summary>
    public Task NextFaultAsync(SiloAddress from, SiloAddress to) => _met.GetOrAdd((from, to), static _ => New()).Task;

    /// <summary>How often a silo answered another.</summary>
    public int Answers(SiloAddress from, SiloAddress to) => _answers.GetValueOrDefault((from, to));

    public async Task<ProbeOutcome> ProbeAsync(SiloAddress from, SiloAddress to, CancellationToken cancellationToken)
    {
        if (_faults.TryGetValue((from, to), out var fault) || _faults.TryGetValue((null, to), out fault))
        {
            if (_met.TryRemove((from, to), out var met)) met.TrySetResult();
            if (fault == ProbeOutcome.Unanswered) await Task.Delay(Timeout.Infinite, cancellationToken);
            return fault;
        }

        if (!_members.ContainsKey(to)) return ProbeOutcome.Gone;

        _answers.AddOrUpdate((from, to), 1, static (_, count) => count + 1);
        return ProbeOutcome.Answered;
    }

    public void Gossip(SiloAddress to, MembershipVersion version)
    {
        if (_members.TryGetValue(to, out var member)) member.Heard(version);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
