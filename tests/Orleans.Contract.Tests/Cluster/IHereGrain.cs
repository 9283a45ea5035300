using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

internal interface IHereGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> WhereAsync();
}
