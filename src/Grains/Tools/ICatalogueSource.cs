using Actors.Tools;

namespace Actors.Grains.Tools;

/// <summary>
/// What the silos of the cluster offer. An interface because packs are loaded in src/Silo, which grains do not know.
/// </summary>
public interface ICatalogueSource
{
    Catalogue Catalogue { get; }

    /// <summary>The catalogue as it is, and again each time its revision changes.</summary>
    IAsyncEnumerable<Catalogue> WatchAsync(CancellationToken cancellationToken);
}
