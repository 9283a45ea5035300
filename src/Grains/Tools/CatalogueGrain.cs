using Actors.Tools;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Tools;

// One worker a silo: a stream lives in the activation that it started on, and no method holds the turn.
/// <summary>Answers with what all living silos offer, as the silo it runs on last read it.</summary>
[StatelessWorker(1)]
internal sealed class CatalogueGrain(ICatalogueSource source) : Grain, ICatalogueGrain
{
    public ValueTask<Catalogue> GetAsync() => new(source.Catalogue);

    public IAsyncEnumerable<Catalogue> WatchAsync(CancellationToken cancellationToken = default) => source.WatchAsync(cancellationToken);
}
