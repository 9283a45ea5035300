using Microsoft.Extensions.Options;
using Orleans.Activations;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Statistics;

namespace Orleans.Management;

[StatelessWorker(1)]
[Reentrant]
[GrainType(Name)]
internal sealed class SiloControlGrain(
    ActivationDirectory directory, IdleCollection collection, ILocalSiloDetails silo, IOptions<GrainCollectionOptions> options, Peers peers,
    TimeProvider time, SiloStartTime started) : Grain, ISiloControlGrain
{
    private const string Name = "orleans.control";

    public static GrainType Type { get; } = GrainType.Create(Name);

    public Task CollectGarbageAsync()
    {
        GC.Collect();
        return Task.CompletedTask;
    }

    public Task CollectActivationsAsync(TimeSpan ageLimit)
    {
        collection.Collect(ageLimit);
        return Task.CompletedTask;
    }

    public Task<SiloRuntimeStatistics> StatisticsAsync() => Task.FromResult(Statistics());

    public Task<SimpleGrainStatistic[]> GrainCountsAsync() => Task.FromResult<SimpleGrainStatistic[]>(
    [
        .. Active().GroupBy(activation => activation.Class).Select(group => new SimpleGrainStatistic
        {
            GrainType = group.Key.Type.FullName!, SiloAddress = silo.SiloAddress, ActivationCount = group.Count()
        })
    ]);

    public Task<DetailedGrainStatistic[]> GrainsAsync(string[]? types) => Task.FromResult<DetailedGrainStatistic[]>(
    [
        .. Active()
            .Where(activation => types is null || types.Contains(activation.Class.Type.FullName))
            .Select(activation => new DetailedGrainStatistic
            {
                GrainType = activation.Class.Type.FullName!, SiloAddress = silo.SiloAddress, GrainId = activation.GrainId
            })
    ]);

    public Task<List<GrainId>> ActiveGrainsAsync(GrainType type) => Task.FromResult<List<GrainId>>(
        [.. Active().Where(activation => activation.Class.GrainType == type).Select(activation => activation.GrainId)]);

    // The runtime's own grains are not the application's.
    private IEnumerable<Activation> Active() =>
        directory.All.Where(activation =>
            !activation.IsGone && !activation.Class.IsOfSystem && activation.Class.Type != typeof(ManagementGrain));

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
            directory.CallCount, directory.CallCount, peers.Links.Count(link => link.IsClient), time.GetUtcNow().UtcDateTime,
            new EnvironmentStatistics(
                (float)cpu, used, Math.Max(0, memory.TotalAvailableMemoryBytes - used), memory.TotalAvailableMemoryBytes));
    }
}
