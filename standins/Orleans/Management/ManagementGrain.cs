using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.Management;

/// <summary>Tells about the cluster: asks the membership, and the silos themselves.</summary>
[StatelessWorker]
[GrainType("orleans.management")]
internal sealed class ManagementGrain(
    ActivationDirectory directory, SiloRouter router, ClusterMembership membership, ILocalSiloDetails silo, IOptions<EndpointOptions> endpoints,
    TimeProvider time, SiloStartTime started) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(Members(onlyActive).ToDictionary(member => member.Address, member => member.Status));

    public Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false) =>
        Task.FromResult<MembershipEntry[]>([.. Members(onlyActive).Select(EntryOf)]);

    public Task ForceGarbageCollection(SiloAddress[] hostsIds) => Task.WhenAll(Asked(hostsIds).Select(control => control.CollectGarbageAsync()));

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) =>
        Task.WhenAll(Asked(hostsIds).Select(control => control.CollectActivationsAsync(ageLimit)));

    public Task ForceActivationCollection(TimeSpan ageLimit) => ForceActivationCollection([], ageLimit);

    public Task<SiloRuntimeStatistics[]> GetRuntimeStatistics(SiloAddress[] hostsIds) =>
        Task.WhenAll(Asked(hostsIds).Select(control => control.StatisticsAsync()));

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        [.. (await Task.WhenAll(Asked(hostsIds).Select(control => control.GrainCountsAsync()))).SelectMany(counts => counts)];

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([]);

    public async Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) =>
        [.. (await Task.WhenAll(Asked(hostsIds).Select(control => control.GrainsAsync(types)))).SelectMany(grains => grains)];

    public async Task<int> GetGrainActivationCount(GrainReference grainReference) =>
        (await GetActiveGrains(grainReference.GrainId.Type)).Count(grain => grain == grainReference.GrainId);

    public async Task<int> GetTotalActivationCount() => (await GetSimpleGrainStatistics()).Sum(statistic => statistic.ActivationCount);

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        var grain = reference.GetGrainId();
        if (directory.Find(grain) is { IsValid: true }) return silo.SiloAddress;

        return router.Locator is { } locator ? await locator.FindAsync(grain) : null;
    }

    public async ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        [.. (await Task.WhenAll(Asked(null).Select(control => control.ActiveGrainsAsync(type)))).SelectMany(grains => grains)];

    private IEnumerable<ISiloControlGrain> Asked(SiloAddress[]? hosts) => Members(onlyActive: true)
        .Select(member => member.Address)
        .Where(address => hosts is null or [] || hosts.Contains(address))
        .Select(address => router.SystemGrainAt<ISiloControlGrain>(address, SiloControlGrain.Type));

    // A silo on its own knows its state before its table does.
    private IEnumerable<SiloMember> Members(bool onlyActive)
    {
        SiloMember[] members = router.Locator is null ? [Own()] : [.. membership.Current.Members];
        return members.Where(member => !onlyActive || member.Status == SiloStatus.Active);
    }

    private SiloMember Own() => new()
    {
        Address = silo.SiloAddress,
        Status = directory.Status,
        HostName = silo.DnsHostName,
        Name = silo.Name,
        GatewayPort = endpoints.Value.GatewayPort,
        StartTime = started.Utc,
        IAmAliveTime = time.GetUtcNow()
    };

    private static MembershipEntry EntryOf(SiloMember member) => new()
    {
        SiloAddress = member.Address,
        Status = member.Status,
        HostName = member.HostName,
        SiloName = member.Name,
        ProxyPort = member.GatewayPort,
        SuspectTimes = [.. member.Votes.Select(vote => Tuple.Create(vote.Voter, vote.CastAt.UtcDateTime))],
        StartTime = member.StartTime.UtcDateTime,
        IAmAliveTime = member.IAmAliveTime.UtcDateTime
    };
}
