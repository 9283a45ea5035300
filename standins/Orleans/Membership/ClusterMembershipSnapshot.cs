using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>The members of the cluster at one version of the membership table.</summary>
[GenerateSerializer]
[Immutable]
public sealed class ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, ClusterMember> members, MembershipVersion version)
    : ISpanFormattable
{
    [Id(0)]
    public ImmutableDictionary<SiloAddress, ClusterMember> Members { get; } = members;

    [Id(1)]
    public MembershipVersion Version { get; } = version;

    /// <summary>None for a silo that is not known; Dead for one whose endpoint a later generation has taken.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo)
    {
        if (Members.TryGetValue(silo, out var member) && member.Status != SiloStatus.None) return member.Status;

        return Members.Keys.Any(known => known.IsSuccessorOf(silo)) ? SiloStatus.Dead : SiloStatus.None;
    }

    /// <summary>As the other, but a silo seen at an older version, and unknown now, is dead.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo, MembershipVersion seenAtVersion)
    {
        var status = GetSiloStatus(silo);
        return status == SiloStatus.None && Version > seenAtVersion ? SiloStatus.Dead : status;
    }

    public ClusterMembershipUpdate AsUpdate() => new(this, [.. Members.Values]);

    /// <summary>What changed since <paramref name="previous"/>; members that are gone count as dead.</summary>
    public ClusterMembershipUpdate CreateUpdate(ClusterMembershipSnapshot previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        if (Version < previous.Version)
            throw new ArgumentException($"The other snapshot is newer: {previous.Version}, this one is {Version}.", nameof(previous));
        if (Version == previous.Version) return new ClusterMembershipUpdate(this, []);

        var changed = Members.Values.Where(member =>
            !previous.Members.TryGetValue(member.SiloAddress, out var before) || before.Status != member.Status);
        var gone = previous.Members.Values.Where(member => !Members.ContainsKey(member.SiloAddress))
            .Select(member => new ClusterMember(member.SiloAddress, SiloStatus.Dead, member.Name));
        return new ClusterMembershipUpdate(this, [.. changed, .. gone]);
    }

    public override string ToString() =>
        $"ClusterMembershipSnapshot {{ Version = {Version}, Members.Count = {Members.Count}, Members = [{string.Join(", ", Members.Values)}] }}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{ToString()}", out charsWritten);
}
