using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Statistics;

namespace Orleans.Management;

/// <summary>Tells about the one silo there is.</summary>
[StatelessWorker]
[GrainType("orleans.management")]
internal sealed class ManagementGrain(
    ActivationDirectory directory, IdleCollection collection, ILocalSiloDetails silo, IOptions<EndpointOptions> endpoints,
    IOptions<GrainCollectionOptions> options, TimeProvider time, SiloStartTime started) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false)
    {
        Dictionary<SiloAddress, SiloStatus> hosts = [];
        if (!onlyActive || directory.Status == SiloStatus.Active) hosts[silo.SiloAddress] = directory.Status;
        return Task.FromResult(hosts);
    }

    public Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false) =>
        Task.FromResult<MembershipEntry[]>(onlyActive && directory.Status != SiloStatus.Active ? [] : [Entry()]);

    public Task ForceGarbageCollection(SiloAddress[] hostsIds)
    {
        if (IsAsked(hostsIds)) GC.Collect();
        return Task.CompletedTask;
    }

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) =>
        IsAsked(hostsIds) ? ForceActivationCollection(ageLimit) : Task.CompletedTask;

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        collection.Collect(ageLimit);
        return Task.CompletedTask;
    }

    public Task<SiloRuntimeStatistics[]> GetRuntimeStatistics(SiloAddress[] hostsIds) =>
        Task.FromResult<SiloRuntimeStatistics[]>(IsAsked(hostsIds) ? [Statistics()] : []);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        IsAsked(hostsIds) ? GetSimpleGrainStatistics() : Task.FromResult<SimpleGrainStatistic[]>([]);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult<SimpleGrainStatistic[]>(
    [
        .. Active().GroupBy(activation => activation.Class).Select(group => new SimpleGrainStatistic
        {
            GrainType = group.Key.Type.FullName!, SiloAddress = silo.SiloAddress, ActivationCount = group.Count()
        })
    ]);

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) =>
        Task.FromResult<DetailedGrainStatistic[]>(hostsIds is not null && !IsAsked(hostsIds) ? [] :
        [
            .. Active()
                .Where(activation => types is null || types.Contains(activation.Class.Type.FullName))
                .Select(activation => new DetailedGrainStatistic
                {
                    GrainType = activation.Class.Type.FullName!, SiloAddress = silo.SiloAddress, GrainId = activation.GrainId
                })
        ]);

    public Task<int> GetGrainActivationCount(GrainReference grainReference) =>
        Task.FromResult(Active().Count(activation => activation.GrainId == grainReference.GrainId));

    public Task<int> GetTotalActivationCount() => Task.FromResult(Active().Count());

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) =>
        new(directory.Find(reference.GetGrainId()) is { IsValid: true } ? silo.SiloAddress : null);

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        new([.. Active().Where(activation => activation.Class.GrainType == type).Select(activation => activation.GrainId)]);

    // The management grain itself is the runtime's, not one of the application's.
    private IEnumerable<Activation> Active() =>
        directory.All.Where(activation => !activation.IsGone && activation.Class.Type != typeof(ManagementGrain));

    private bool IsAsked(SiloAddress[]? hosts) => hosts is null or [] || hosts.Contains(silo.SiloAddress);

    private MembershipEntry Entry() => new()
    {
        SiloAddress = silo.SiloAddress,
        Status = directory.Status,
        HostName = silo.DnsHostName,
        SiloName = silo.Name,
        ProxyPort = endpoints.Value.GatewayPort,
        StartTime = started.Utc.UtcDateTime,
        IAmAliveTime = time.GetUtcNow().UtcDateTime
    };

    private SiloRuntimeStatistics Statistics()
    {
        var memory = GC.GetGCMemoryInfo();
        var used = Environment.WorkingSet;
        var elapsed = time.GetUtcNow() - started.Utc;
        var cpu = elapsed <= TimeSpan.Zero ? 0 : Environment.CpuUsage.TotalTime / elapsed / Environment.ProcessorCount * 100;
        var now = directory.NowTicks;
        return new SiloRuntimeStatistics(
            Active().Count(),
            Active().Count(activation => activation.IdleFor(now) < options.Value.CollectionQuantum),
            directory.CallCount, directory.CallCount, time.GetUtcNow().UtcDateTime,
            new EnvironmentStatistics(
                (float)cpu, used, Math.Max(0, memory.TotalAvailableMemoryBytes - used), memory.TotalAvailableMemoryBytes));
    }
}
