using System.Runtime.CompilerServices;
using Actors.Tools;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Tools;

// One worker a silo: a stream lives in the activation that it started on, and no method holds the turn.
/// <summary>Answers with the catalogue of the silo it runs on; every silo of a cluster loads the same packs.</summary>
[StatelessWorker(1)]
internal sealed class CatalogueGrain(ICatalogueSource source) : Grain, ICatalogueGrain
{
    public ValueTask<Catalogue> GetAsync() => new(source.Catalogue);

    public async IAsyncEnumerable<Catalogue> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return source.Catalogue;

        // Packs are loaded once, at start: a changed catalogue is another process, and the watcher's stream ends with this one.
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
