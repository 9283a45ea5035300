using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Jobs;

/// <summary>Where a silo is told of jobs in line by the others. Its key is the silo's address.</summary>
[Alias("actors.line")]
public interface ILineGrain : IGrainWithStringKey
{
    /// <summary>A job waits for which the caller has no slot. A call that is lost costs time only: every silo looks now and then.</summary>
    [Alias("look")]
    [OneWay]
    Task LookAsync();
}
