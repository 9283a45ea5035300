using Actors.Tools;

namespace Actors.Grains.Tools;

/// <summary>
/// What the tool packs of this silo offer. An interface because packs are loaded in src/Silo, which grains do not know.
/// </summary>
public interface ICatalogueSource
{
    Catalogue Catalogue { get; }
}
