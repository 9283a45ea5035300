using Orleans;
using Orleans.Concurrency;

namespace Actors.Tools;

/// <summary>Where frontends learn what can be called. One for the cluster, key 0.</summary>
[Alias("actors.catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    [ReadOnly, Alias("get")]
    ValueTask<Catalogue> GetAsync();

    /// <summary>Yields the catalogue as it is now, and again each time it changes.</summary>
    [AlwaysInterleave, Alias("watch")]
    IAsyncEnumerable<Catalogue> WatchAsync(CancellationToken cancellationToken = default);
}
