using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>The membership table as it was at one version.</summary>
internal sealed class ClusterView(MembershipVersion version, ImmutableArray<SiloMember> members)
{
    private readonly FrozenDictionary<SiloAddress, SiloMember> _byAddress = members.ToFrozenDictionary(member => member.Address);

    /// <summary>Before anything was read.</summary>
    public static ClusterView Unknown { get; } = new(MembershipVersion.MinValue, []);

    public MembershipVersion Version { get; } = version;

    /// <summary>All rows, the dead ones too, in the order of their addresses.</summary>
    public ImmutableArray<SiloMember> Members { get; } = members.Sort(static (left, right) => left.Address.CompareTo(right.Address));

    /// <summary>The silos that own grains and take calls.</summary>
    public ImmutableArray<SiloMember> Active { get; } =
        [.. members.Where(member => member.Status == SiloStatus.Active).OrderBy(member => member.Address)];

    public SiloMember? Find(SiloAddress address) => _byAddress.GetValueOrDefault(address);

    /// <summary>None for a silo that is not known; Dead for one whose endpoint a later generation has taken.</summary>
    public SiloStatus StatusOf(SiloAddress address)
    {
        if (_byAddress.TryGetValue(address, out var member)) return member.Status;

        foreach (var known in Members)
            if (known.Address.IsSuccessorOf(address)) return SiloStatus.Dead;
        return SiloStatus.None;
    }

    /// <summary>The view after this row was written.</summary>
    public ClusterView With(SiloMember row) =>
        new(new MembershipVersion(Version.Value + 1), Members.RemoveAll(member => member.Address.Equals(row.Address)).Add(row));

    /// <summary>Whether calls to that silo are in vain.</summary>
    public bool IsDead(SiloAddress address) => StatusOf(address) == SiloStatus.Dead;
}
