using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

[StatelessWorker]
internal sealed class HereGrain(ILocalSiloDetails silo) : Grain, IHereGrain
{
    public Task<SiloAddress> WhereAsync() => Task.FromResult(silo.SiloAddress);
}
